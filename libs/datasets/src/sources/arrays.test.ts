import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawAll, valueOf } from '../../testing/draw.ts';
import { encodeIdx } from '../../testing/idx-encoder.ts';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { describeDataset, DIGITS_HELD_OUT, digitsSpec } from '../index.ts';

const folder = temporaryFolder();
const data = join(import.meta.dirname, '../../../../data');

beforeAll(() => startEngine());

describe('IDX', () => {
  it('draws the real digits as they are in the file', async () => {
    const pixels = gunzipSync(readFileSync(join(data, 'digits-images-idx3-ubyte.gz'))).subarray(16);
    const labels = gunzipSync(readFileSync(join(data, 'digits-labels-idx1-ubyte.gz'))).subarray(8);
    const drawn = await drawAll({ ...digitsSpec(data), range: DIGITS_HELD_OUT });
    expect(drawn.size).toBe(300);
    for (const [index, example] of drawn) {
      const from = (1497 + index) * 64;
      expect(example).toEqual({
        pixels: Float32Array.from(pixels.subarray(from, from + 64), valueOf),
        label: labels[1497 + index],
      });
    }
  });

  it('spans -1 to 1 exactly', () => {
    expect([valueOf(0), valueOf(255)]).toEqual([-1, 1]);
  });

  it('describes itself without TensorFlow', async () => {
    expect(await describeDataset({ ...digitsSpec(data), resolution: 16, channels: 3 })).toMatchObject({
      numExamples: 1797,
      imageShape: [16, 16, 3],
      numClasses: 10,
      classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    });
  });

  it('reads colour images in four dimensions, without labels', async () => {
    folder.write(
      'colour-images-idx4-ubyte',
      encodeIdx(
        [2, 1, 2, 3],
        Uint8Array.from({ length: 12 }, (_, i) => i * 20),
      ),
    );
    const drawn = await drawAll({ source: 'idx', path: folder.path, images: 'colour-images-idx4-ubyte' });
    expect(drawn.get(1)).toEqual({
      pixels: Float32Array.of(120, 140, 160, 180, 200, 220).map(valueOf),
      label: 0,
    });
  });

  it('makes grey of colour by luminance, and colour of grey by repetition', async () => {
    const grey = await drawAll({
      source: 'idx',
      path: folder.path,
      images: 'colour-images-idx4-ubyte',
      channels: 1,
    });
    const luminance = 0.299 * 120 + 0.587 * 140 + 0.114 * 160;
    expect(grey.get(1)?.pixels[0]).toBeCloseTo(luminance / 127.5 - 1, 5);
    folder.write('grey-images-idx3-ubyte', encodeIdx([1, 1, 2], Uint8Array.of(7, 9)));
    const colour = await drawAll({
      source: 'idx',
      path: folder.path,
      images: 'grey-images-idx3-ubyte',
      channels: 3,
    });
    expect(colour.get(0)?.pixels).toEqual(Float32Array.of(7, 7, 7, 9, 9, 9).map(valueOf));
  });

  it('refuses labels of another number than the images', async () => {
    folder.write('odd-images-idx3-ubyte', encodeIdx([2, 1, 1], Uint8Array.of(1, 2)));
    const file = folder.write('odd-labels-idx1-ubyte', encodeIdx([3], Uint8Array.of(1, 2, 3)));
    const refusal = await refusalOf(() =>
      describeDataset({
        source: 'idx',
        path: folder.path,
        images: 'odd-images-idx3-ubyte',
        labels: 'odd-labels-idx1-ubyte',
      }),
    );
    expect(refusal).toMatchObject({
      code: 'malformed',
      file,
      offset: 4,
      message: expect.stringContaining('3 labels for the 2 images of odd-images-idx3-ubyte'),
    });
  });

  it('refuses a range beyond the end, and a set that is not complete', async () => {
    expect(
      (await refusalOf(() => describeDataset({ ...digitsSpec(data), range: [0, 1798] }))).message,
    ).toContain('range 0..1798 goes beyond the 1797 examples');
    expect(
      (await refusalOf(() => describeDataset({ ...digitsSpec(data), numExamples: 60_000 }))).message,
    ).toContain('expected 60000 examples (numExamples), got 1797');
  });
});

const record = (label: number, seed: number) =>
  Buffer.from([label, ...Array.from({ length: 3072 }, (_, i) => (i * 7 + seed) & 0xff)]);

describe('CIFAR-10', () => {
  const batches = folder.folder('cifar-10-batches-bin');
  folder.write('cifar-10-batches-bin/data_batch_1.bin', Buffer.concat([record(3, 0), record(9, 50)]));
  for (let part = 2; part <= 5; part++)
    folder.write(`cifar-10-batches-bin/data_batch_${part}.bin`, record(part, part * 30));

  it('draws pixels and labels across its files', async () => {
    const drawn = await drawAll({ source: 'cifar10', path: batches });
    expect([...drawn.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    const planes = record(4, 120).subarray(1);
    const pixels = Float32Array.from({ length: 3072 }, (_, i) =>
      valueOf(planes[(i % 3) * 1024 + Math.floor(i / 3)] as number),
    );
    expect(drawn.get(4)).toEqual({ pixels, label: 4 });
    expect(drawn.get(1)?.label).toBe(9);
  });

  it('names the file that is missing', async () => {
    const refusal = await refusalOf(() =>
      describeDataset({ source: 'cifar10', path: batches, split: 'test' }),
    );
    expect(refusal).toMatchObject({ code: 'not-found', file: join(batches, 'test_batch.bin') });
  });

  it('knows its classes', async () => {
    const described = await describeDataset({ source: 'cifar10', path: batches });
    expect(described).toMatchObject({ numExamples: 6, imageShape: [32, 32, 3], numClasses: 10 });
    expect(described.classNames[3]).toBe('cat');
  });

  it('names the file that is cut', async () => {
    const path = folder.folder('cut');
    const file = folder.write('cut/test_batch.bin', record(1, 1).subarray(1));
    const refusal = await refusalOf(() => describeDataset({ source: 'cifar10', path, split: 'test' }));
    expect(refusal).toMatchObject({ code: 'malformed', file, offset: 0 });
  });
});

const print = async (bytes: Uint8Array) => {
  folder.write('print-images-idx3-ubyte', encodeIdx([1, 2, 2], bytes));
  return (await describeDataset({ source: 'idx', path: folder.path, images: 'print-images-idx3-ubyte' }))
    .fingerprint;
};

describe('data that changed', () => {
  it('has another fingerprint, whatever its size', async () => {
    const first = await print(Uint8Array.of(1, 2, 3, 4));
    expect(await print(Uint8Array.of(1, 2, 3, 5))).not.toBe(first);
    expect(await print(Uint8Array.of(1, 2, 3, 4))).toBe(first);
  });
});
