import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeManifest, parseManifest, type Manifest } from './manifest.ts';

const sha256 = 'ab'.repeat(32);
const manifest: Manifest = {
  step: 100,
  permanent: false,
  createdAt: '2026-01-02T03:04:05.000Z',
  meta: { seed: 1, '2': 'two', nested: { list: [1, null, 'é'] } },
  shards: [
    {
      file: 'shard-00000-of-00001.safetensors',
      bytes: 64,
      sha256,
      tensors: [{ name: 'a', dtype: 'F32', shape: [2], sha256, crc32c: '01234567' }],
    },
  ],
};
const read = (text: string) => parseManifest(Buffer.from(text), 'manifest.json');

/** A manifest with a valid hash and wrong content: made by a buggy or hostile writer. */
function forge(change: (text: string) => string): string {
  const zeroed = change(encodeManifest(manifest)).replace(
    /"sha256": "[0-9a-f]{64}"\n\}\n$/,
    `"sha256": "${'0'.repeat(64)}"\n}\n`,
  );
  return zeroed.replace(/0{64}"\n\}\n$/, `${createHash('sha256').update(zeroed).digest('hex')}"\n}\n`);
}

test('what is written is read', () => {
  expect(read(encodeManifest(manifest))).toEqual(manifest);
  expect(read(forge((text) => text))).toEqual(manifest);
});

test('a change anywhere in the text breaks the hash', () => {
  const text = encodeManifest(manifest);
  expect(() => read(text.replace('"seed": 1', '"seed": 2'))).toThrow(
    'does not have the hash that it states (corrupt)',
  );
  expect(() => read(text.replace('"seed": 1', '"seed":  1'))).toThrow(
    'does not have the hash that it states',
  );
  expect(() => read(`\uFEFF${text}`)).toThrow('does not have the hash that it states');
  expect(() => read(text.slice(0, -2))).toThrow('does not end with its hash (truncated)');
});

test.each([
  ['another format', '"kiln-checkpoint"', '"other"', 'format "other", expected "kiln-checkpoint"'],
  [
    'a newer version',
    '"version": 3',
    '"version": 4',
    'format version 4, this Kiln reads 2 and 3 (unsupported)',
  ],
  ['no checksum', '"crc32c": "01234567"', '"crc32c": "0"', 'lists tensor "a" without a CRC-32C'],
  [
    'a path as file name',
    '"shard-00000-of-00001.safetensors"',
    '"../../etc/passwd"',
    'names "../../etc/passwd"',
  ],
  ['a negative size', '"bytes": 64', '"bytes": -1', 'has no size in bytes'],
  ['a dtype that does not exist', '"F32"', '"OBJECT"', 'a dtype or shape that cannot be'],
  ['a huge shape', '    2\n', '    9007199254740991\n', 'a dtype or shape that cannot be'],
  ['no step', '"step": 100', '"step": "100"', 'has no step'],
  ['no shards', /"shards": \[[^]*\],\n "sha256"/, '"shards": [],\n "sha256"', 'lists no shards'],
])('%s is refused even with a valid hash', (_, from, to, message) => {
  const forged = forge((text) => text.replace(from, to));
  expect(() => read(forged)).toThrow(message);
});

test('a manifest of version 2 has no checksums', () => {
  const older = forge((text) =>
    text.replace('"version": 3', '"version": 2').replace(/,\s*"crc32c": "\w+"/, ''),
  );
  const [shard] = manifest.shards;
  const { name, dtype, shape } = shard!.tensors[0]!;
  expect(read(older)).toEqual({
    ...manifest,
    shards: [{ ...shard, tensors: [{ name, dtype, shape, sha256 }] }],
  });
});

test('a tensor listed twice is refused', () => {
  const [shard] = manifest.shards;
  const twice = encodeManifest({
    ...manifest,
    shards: [{ ...shard!, tensors: [shard!.tensors[0]!, shard!.tensors[0]!] }],
  });
  expect(() => read(twice)).toThrow('lists tensor "a" twice');
});
