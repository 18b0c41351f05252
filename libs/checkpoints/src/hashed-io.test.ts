import { createHash } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/fixture.ts';
import { readHashed, writeHashed } from './hashed-io.ts';
import { native } from './native.ts';

/** Bytes that no shift, swap or repetition of blocks leaves the same. */
function noise(length: number, seed = 1): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let value = seed;
  for (let i = 0; i < words.length; i++) words[i] = value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
  return new Uint8Array(words.buffer, 0, length);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bit by bit, as RFC 3720 defines it. */
function crc32c(bytes: Uint8Array): string {
  let state = 0xffffffff;
  for (const byte of bytes) {
    state ^= byte;
    for (let bit = 0; bit < 8; bit++) state = state & 1 ? (state >>> 1) ^ 0x82f63b78 : state >>> 1;
  }
  return (~state >>> 0).toString(16).padStart(8, '0');
}

/** Around the ends of blocks, chunks and of what one thread takes alone. */
const lengths = [
  [0, 1, 4, 28, 55, 56, 63, 64, 65, 119, 120, 128],
  [262_143, 262_144, 262_145, 1_048_575, 1_048_576, 1_048_577],
  [5_000_000, 17_000_003, 0, 3, 1_999_999],
].flat();

const parts = lengths.map((length, index) => noise(length, index + 1));
const expected = parts.map((part) => ({ sha256: sha256(part), crc32c: crc32c(part) }));

test.each([1, 2, 5])('sums and bytes of parts of every length, written and read on %i threads', async (n) => {
  const file = join(await temporaryFolder(), 'parts');
  const written = await open(file, 'wx+');
  await written.write('header, ');
  expect(await writeHashed(written, 8, parts, n)).toEqual(expected);
  expect(Buffer.compare(await readFile(file), Buffer.concat([Buffer.from('header, '), ...parts]))).toBe(0);

  let position = 8;
  const ranges = parts.map((part, index) => {
    const memory = index % 2 === 0 ? new Uint8Array(native().allocate(part.length)) : null;
    const range = { position, bytes: part.length, memory };
    position += part.length;
    return range;
  });
  for (const sum of ['sha256', 'crc32c'] as const) {
    for (const { memory } of ranges) memory?.fill(0);
    expect(await readHashed(written, ranges, n, file, sum)).toEqual(expected.map((sums) => sums[sum]));
  }
  const kept = ranges.flatMap(({ memory }) => (memory === null ? [] : [memory]));
  const wanted = parts.filter((_, index) => index % 2 === 0);
  expect(Buffer.compare(Buffer.concat(kept), Buffer.concat(wanted))).toBe(0);
  await written.close();
});

test('the checksum of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe('8a9136aa');
  expect(crc32c(Buffer.from('123456789'))).toBe('e3069283');
});

test('without the SHA instructions of the CPU the hash is the same', () => {
  for (const length of [55, 119, 1015]) {
    const message = noise(length, length);
    const padded = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
    padded.set(message);
    padded[length] = 0x80;
    new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(8 * length));
    const state = native().hashBlocksPlainly(padded);
    expect(state.map((word) => word.toString(16).padStart(8, '0')).join('')).toBe(sha256(message));
  }
});

test('a file that ends before its parts do is told with the place', async () => {
  const file = join(await temporaryFolder(), 'short');
  await writeFile(file, noise(1000));
  const handle = await open(file);
  const part = { position: 900, bytes: 200, memory: null };
  await expect(readHashed(handle, [part], 1, file, 'crc32c')).rejects.toMatchObject({
    code: 'truncated',
    message: `[checkpoint] ${file}: ends at byte 1000 while being read (truncated)`,
  });
  await handle.close();
});

test('a failed call of the system is told by its name', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const handle = await open(file);
  await expect(writeHashed(handle, 0, [noise(10)], 1)).rejects.toMatchObject({ code: 'EBADF' });
  await handle.close();
});
