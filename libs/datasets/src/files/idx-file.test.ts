import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeIdx } from '../../testing/idx-encoder.ts';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { readIdx } from './idx-file.ts';

const folder = temporaryFolder();
const data = Uint8Array.from({ length: 24 }, (_, i) => i * 10);
const good = encodeIdx([2, 3, 4], data);

describe('IDX files', () => {
  it.each([
    ['plain', good],
    ['gzip', gzipSync(good)],
  ])('reads %s', async (name, bytes) => {
    const file = folder.write(`${name}-idx3-ubyte`, bytes);
    expect(await readIdx(file, [3])).toEqual({ file, dims: [2, 3, 4], data });
  });

  it('reads a header that arrives in pieces', async () => {
    const dims = [2, 3, 4];
    const members = Buffer.concat([
      gzipSync(good.subarray(0, 3)),
      gzipSync(good.subarray(3, 9)),
      gzipSync(good.subarray(9)),
    ]);
    expect(await readIdx(folder.write('pieces', members), [3])).toMatchObject({ dims, data });
  });
});

const huge = encodeIdx([0xffff, 0xffff, 0xffff], data);
const wrongType = encodeIdx([2, 3, 4], data, 0x0d);
const bomb = gzipSync(Buffer.concat([good, Buffer.alloc(1 << 24)]));
const flipped = Buffer.from(gzipSync(good));
flipped[flipped.length - 6] = (flipped.at(-6) as number) ^ 1;

describe('malformed IDX files are refused', () => {
  it.each([
    ['no file', null, 'not-found', null, 'no such file or folder; change --data'],
    ['an empty file', Buffer.alloc(0), 'malformed', 0, 'ends inside its header after 0 bytes'],
    ['a cut header', good.subarray(0, 10), 'malformed', 10, 'ends inside its header after 10 bytes'],
    [
      'another format',
      Buffer.from('PK\u0003\u0004 something else'),
      'malformed',
      0,
      'expected an IDX magic number (0x00000803), got 0x504b0304',
    ],
    [
      'another element type',
      wrongType,
      'malformed',
      2,
      'expected IDX element type 0x08 (unsigned byte), got 0x0d',
    ],
    [
      'labels as images',
      encodeIdx([4], data.subarray(0, 4)),
      'malformed',
      3,
      'are images and labels swapped?',
    ],
    ['a dimension of 0', encodeIdx([2, 0, 4], data), 'malformed', 8, 'an IDX dimension is 0'],
    ['dimensions beyond memory', huge, 'too-large', 8, 'declares 65535 x 65535 bytes or more'],
    ['a short file', good.subarray(0, 30), 'malformed', 30, 'too short: 2 x 3 x 4 needs 40 bytes, got 30'],
    [
      'a long file',
      Buffer.concat([good, data]),
      'malformed',
      40,
      'too long: 2 x 3 x 4 needs 40 bytes, got 64',
    ],
    [
      'short gzip data',
      gzipSync(good.subarray(0, 30)),
      'malformed',
      30,
      'is short: 2 x 3 x 4 needs 24 bytes, got 14',
    ],
    ['a gzip bomb', bomb, 'malformed', 16, 'goes on beyond the 24 bytes'],
    [
      'a cut gzip file',
      gzipSync(good).subarray(0, 30),
      'malformed',
      30,
      'the gzip data is broken (unexpected end of file)',
    ],
    [
      'a flipped checksum',
      flipped,
      'malformed',
      flipped.length - 8,
      'the gzip data is broken (incorrect data check)',
    ],
  ])('%s', async (name, bytes, code, offset, text) => {
    const file = bytes ? folder.write(name, bytes) : `${folder.path}/none`;
    const refusal = await refusalOf(() => readIdx(file, [3]));
    expect(refusal).toMatchObject({ code, file, offset });
    expect(refusal.message).toContain(text);
  });
});
