import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { readCifar10 } from './cifar10-file.ts';

const folder = temporaryFolder();
const records = Buffer.from(Array.from({ length: 2 * 3073 }, (_, i) => (i * 7) & 0xff));
records[0] = 3;
records[3073] = 9;
const badLabel = Buffer.from(records);
badLabel[3073] = 10;

describe('CIFAR-10 binary files', () => {
  it('give labels, and planes as pixels', async () => {
    const { labels, images } = await readCifar10(folder.write('good.bin', records));
    expect([...labels]).toEqual([3, 9]);
    expect(images).toEqual(
      Uint8Array.from({ length: 6144 }, (_, i) => {
        const [record, pixel, channel] = [Math.floor(i / 3072), Math.floor((i % 3072) / 3), i % 3];
        return records[record * 3073 + 1 + channel * 1024 + pixel] as number;
      }),
    );
  });

  it.each([
    ['a cut file', records.subarray(0, 5000), 3073, 'got 5000 bytes: 1927 left over'],
    ['an empty file', Buffer.alloc(0), 0, 'got 0 bytes'],
    ['CIFAR-100', Buffer.alloc(3074), 3073, 'this is CIFAR-100'],
    ['a label of 10', badLabel, 3073, "record 1 has label 10; CIFAR-10's labels are 0 to 9"],
  ])('%s is refused', async (name, bytes, offset, text) => {
    const file = folder.write(name, bytes);
    const refusal = await refusalOf(() => readCifar10(file));
    expect(refusal).toMatchObject({ code: 'malformed', file, offset });
    expect(refusal.message).toContain(text);
  });
});
