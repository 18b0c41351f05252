import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { encodeRecord } from './tfrecord-encoder.ts';
import { maskedCrc32c } from './crc32c.ts';
import { FileWindow, withWindow } from './file-window.ts';
import { checkRecordBytes, scanRecords } from './tfrecord-index.ts';

const folder = temporaryFolder();
const payloads = [Buffer.from('first'), Buffer.alloc(0), Buffer.alloc(300_000, 5), Buffer.from('last')];
const good = Buffer.concat(payloads.map(encodeRecord));
const scan = (file: string) => withWindow(file, (window) => [...scanRecords(window)]);

const lengthOf = (length: bigint) => {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(length, 0);
  head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8);
  return head;
};

describe('TFRecord framing', () => {
  it('gives the place of every record', () => {
    expect(scan(folder.write('good', good))).toEqual([
      { offset: 0, length: 5 },
      { offset: 21, length: 0 },
      { offset: 37, length: 300_000 },
      { offset: 300_053, length: 4 },
    ]);
  });

  it.each([
    ['a flipped length', flip(good, 21), 'malformed', 21, 'length does not match its checksum'],
    ['a flipped length checksum', flip(good, 30), 'malformed', 21, 'length does not match its checksum'],
    [
      'a file cut inside a record',
      good.subarray(0, 1000),
      'malformed',
      37,
      'declares 300000 bytes, but the file ends after 947',
    ],
    [
      'a file cut inside a head',
      good.subarray(0, 25),
      'malformed',
      21,
      "ends inside a record's head: expected 12 bytes, got 4",
    ],
    ['a length of 2^60', lengthOf(2n ** 60n), 'too-large', 0, 'declares 1152921504606847000 bytes'],
    [
      'a compressed file',
      Buffer.from('1f8b0800000000000003', 'hex'),
      'malformed',
      0,
      'decompress it with gunzip',
    ],
  ])('%s is refused', async (name, bytes, code, offset, text) => {
    const file = folder.write(name, bytes);
    const refusal = await refusalOf(() => scan(file));
    expect(refusal).toMatchObject({ code, file, offset });
    expect(refusal.message).toContain(text);
  });

  it.each([0, 4, 8, 11, 12, 16, 17, 20])(
    'a flip of byte %i of a record is found when the record is read',
    async (at) => {
      const file = folder.write('flipped', flip(good, at));
      const window = FileWindow.open(file);
      expect(await refusalOf(() => checkRecordBytes(window, { offset: 0, length: 5 }))).toMatchObject({
        code: 'malformed',
        file,
        offset: 0,
      });
      window.close();
    },
  );
});

function flip(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] as number) ^ 1;
  return flipped;
}
