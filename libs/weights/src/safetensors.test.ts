import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-weights-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file by hand: header, then the bytes. */
async function file(header: object, data: Uint8Array): Promise<string> {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(json.length));
  const path = join(folder, 'w.safetensors');
  await writeFile(path, Buffer.concat([prefix, json, data]));
  return path;
}

describe('a safetensors file', () => {
  it('gives back what was written, and leaves nothing else behind', async () => {
    const path = join(folder, 'w.safetensors');
    const weights = new Map([
      ['a', { shape: [2, 2], values: Float32Array.of(1, -2, 3.5, 1e-8) }],
      ['b.bias', { shape: [], values: Float32Array.of(7) }],
    ]);
    await writeSafetensors(path, weights);
    expect(await readSafetensors(path)).toEqual(weights);
    expect(await readdir(folder)).toEqual(['w.safetensors']);
  });

  it('of other floating-point types comes as float32', async () => {
    const double = new Uint8Array(Float64Array.of(0.5, -3).buffer);
    const half = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00).buffer);
    const brain = new Uint8Array(Uint16Array.of(0x3f80, 0xc000).buffer);
    const path = await file(
      {
        d: { dtype: 'F64', shape: [2], data_offsets: [0, 16] },
        h: { dtype: 'F16', shape: [4], data_offsets: [16, 24] },
        b: { dtype: 'BF16', shape: [2], data_offsets: [24, 28] },
      },
      Buffer.concat([double, half, brain]),
    );
    const weights = await readSafetensors(path);
    expect([...weights.get('d')!.values]).toEqual([0.5, -3]);
    expect([...weights.get('h')!.values]).toEqual([1, -2, 2 ** -24, Infinity]);
    expect([...weights.get('b')!.values]).toEqual([1, -2]);
  });

  it.each([
    ['is missing', async () => join(folder, 'none'), 'missing', /not found; name an existing weights file/],
    [
      'is cut short',
      async () => file({ a: { dtype: 'F32', shape: [4], data_offsets: [0, 16] } }, Buffer.alloc(8)),
      'malformed',
      /16/,
    ],
    [
      'holds bytes',
      async () => file({ a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] } }, Buffer.alloc(4)),
      'unsupported',
      /"a" is U8/,
    ],
  ])('that %s is refused by name', async (_, make, code, message) => {
    const path = await make();
    const error = await readSafetensors(path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, file: path, message: expect.stringMatching(message) });
  });
});
