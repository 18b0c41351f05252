import { deflateSync } from 'node:zlib';
import { startEngine } from '@kiln/engine';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawAll, valueOf } from '../../testing/draw.ts';
import { encodeFlatJpeg } from '../../testing/jpeg-encoder.ts';
import { encodePng, pngHeader, pngOf, type Pixels, testPixels } from '../../testing/png-encoder.ts';
import { encodeGif } from '../../testing/gif-encoder.ts';
import { resizeToSquare } from '../../testing/reference-resize.ts';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { webp } from '../../testing/webp-images.ts';
import { encodeExample, encodeRecord } from '../files/tfrecord-encoder.ts';
import { describeDataset, type DataSpec } from '../index.ts';

const folder = temporaryFolder();

beforeAll(() => startEngine());

const alpha = Buffer.from(
  Array.from({ length: 4 }, (_, y) => [0, ...Array.from({ length: 16 }, (_, i) => y * 40 + i * 3)]).flat(),
);

describe('an image folder', () => {
  it('draws PNGs of every kind as an independent decoder reads them', async () => {
    const files = [
      encodePng(testPixels(4, 4, 1)),
      encodePng(testPixels(4, 4, 3)),
      pngOf(pngHeader(4, 4, 6), deflateSync(alpha)),
    ];
    for (const [i, bytes] of files.entries()) folder.write(`kinds/c/${i}.png`, bytes);
    const drawn = await drawAll({ source: 'folder', path: folder.folder('kinds') });
    for (const [i, bytes] of files.entries()) {
      const { data, channels } = decode(bytes);
      const pixels = Float32Array.from({ length: 48 }, (_, at) =>
        valueOf(data[Math.floor(at / 3) * channels + (channels < 3 ? 0 : at % 3)] as number),
      );
      expect(drawn.get(i)).toEqual({ pixels, label: 0 });
    }
  });

  it('draws JPEGs: flat blocks come out exactly', async () => {
    const blocks = [0, 255, 100, 17, 128, 250];
    folder.write('jpegs/a.jpg', encodeFlatJpeg(3, 2, blocks));
    const drawn = await drawAll({ source: 'folder', path: folder.folder('jpegs') });
    const pixels = Float32Array.from({ length: 24 * 16 }, (_, at) =>
      valueOf(blocks[Math.floor(at / 24 / 8) * 3 + Math.floor((at % 24) / 8)] as number),
    );
    expect(drawn.get(0)?.pixels).toEqual(pixels);
  });

  it('draws the first frame of GIFs, and WebPs with and without alpha', async () => {
    const { data } = testPixels(8, 6, 3);
    const colours = Uint8Array.from({ length: 768 }, (_, i) => data[i % data.length] as number);
    const frame = { width: 8, height: 6, pixels: Uint8Array.from({ length: 48 }, (_, i) => i) };
    const second = { ...frame, pixels: frame.pixels.toReversed() };
    folder.write('formats/0.gif', encodeGif(8, 6, colours, [frame, second]));
    folder.write('formats/1.webp', webp('lossless'));
    folder.write('formats/2.webp', webp('withAlpha'));
    folder.write('formats/3.png', encodePng(testPixels(8, 6, 3)));
    const path = folder.folder('formats');
    const drawn = await drawAll({ source: 'folder', path });
    const pixels = Float32Array.from(data, valueOf);
    for (const index of [0, 1, 2, 3]) expect(drawn.get(index)?.pixels).toEqual(pixels);
    const grey = await drawAll({ source: 'folder', path, channels: 1 });
    const [r, g, b] = data as unknown as [number, number, number];
    for (const index of [0, 1, 2, 3])
      expect(grey.get(index)?.pixels[0]).toBeCloseTo((0.299 * r + 0.587 * g + 0.114 * b) / 127.5 - 1, 5);
  });

  it('draws WebPs in grey where there is nothing else', async () => {
    folder.write('webp/1.webp', webp('lossy'));
    const drawn = await drawAll({ source: 'folder', path: folder.folder('webp'), channels: 1 });
    for (const value of drawn.get(0)?.pixels ?? []) expect((value + 1) * 127.5).toBeCloseTo(100, -1);
  });

  it('decodes nothing of a GIF but its first frame', async () => {
    const frame = { width: 64, height: 64, pixels: new Uint8Array(64 * 64) };
    const wide = { width: 80, height: 64, pixels: new Uint8Array(80 * 64) };
    folder.write('long/1.gif', encodeGif(64, 64, new Uint8Array(768).fill(7), [frame, wide]));
    const drawn = await drawAll({ source: 'folder', path: folder.folder('long') });
    expect(new Set(drawn.get(0)?.pixels)).toEqual(new Set([valueOf(7)]));
  });

  it.each([
    ['shrinks', 40, 28, 8],
    ['enlarges', 5, 7, 16],
    ['keeps the middle of what is wide', 64, 16, 16],
  ])('%s with antialiasing, cut at the centre', async (name, width, height, side) => {
    const image: Pixels = testPixels(width, height, 3);
    folder.write(`${name}/1.png`, encodePng(image));
    const drawn = await drawAll({ source: 'folder', path: folder.folder(name), resolution: side });
    const expected = resizeToSquare(image, side);
    const worst = drawn
      .get(0)
      ?.pixels.reduce(
        (most, value, i) => Math.max(most, Math.abs((value + 1) * 127.5 - (expected[i] as number))),
        0,
      );
    expect(worst).toBeLessThan(1e-3);
  });

  it.each(['pad', 'stretch'] as const)('brings other proportions to the target with fit=%s', async (fit) => {
    const image: Pixels = testPixels(40, 24, 3);
    folder.write(`${fit}/1.png`, encodePng(image));
    const spec = { source: 'folder', path: folder.folder(fit), fit } as const;
    for (const side of [8, 60]) {
      const drawn = await drawAll({ ...spec, resolution: side });
      const expected = resizeToSquare(image, side, fit);
      const got = [...(drawn.get(0)?.pixels ?? [])].map((value) => (value + 1) * 127.5);
      const worst = got.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number))),
        0,
      );
      expect(worst).toBeLessThan(1e-3);
    }
    expect((await describeDataset({ ...spec, resolution: [20, 10] })).imageShape).toEqual([10, 20, 3]);
    expect((await drawAll({ ...spec, resolution: [20, 10] })).get(0)?.pixels.length).toBe(600);
  });

  it('takes labels from the class folders and sizes from the option', async () => {
    folder.write('classes/cat/1.png', encodePng(testPixels(9, 8, 3)));
    folder.write('classes/dog/1.jpg', encodeFlatJpeg(1, 1, [50]));
    folder.write('classes/dog/2.jpg', encodeFlatJpeg(2, 1, [60, 70]));
    const spec: DataSpec = { source: 'folder', path: folder.folder('classes'), resolution: 8 };
    expect(await describeDataset(spec)).toMatchObject({
      numExamples: 3,
      imageShape: [8, 8, 3],
      numClasses: 2,
      classNames: ['cat', 'dog'],
    });
    const drawn = await drawAll(spec);
    expect([0, 1, 2].map((index) => drawn.get(index)?.label)).toEqual([0, 1, 1]);
  });

  it('asks for a size where the images differ', async () => {
    const path = folder.folder('classes');
    const refusal = await refusalOf(() => describeDataset({ source: 'folder', path }));
    expect(refusal.message).toContain(
      `the images differ in size (8–16 x 8); give the size to train at, for example --data ${path}:resolution=64`,
    );
  });
});

const example = (i: number) =>
  encodeExample({
    'image/encoded': encodePng(testPixels(6, 5, 3, i)),
    height: 5,
    'image/class/label': i % 3,
  });

describe('TFRecord files', () => {
  const keys = { imageKey: 'image/encoded', labelKey: 'image/class/label' };
  const shard = (from: number, count: number) =>
    Buffer.concat(Array.from({ length: count }, (_, i) => encodeRecord(example(from + i))));
  folder.write('records/a.tfrecord-00000-of-00002', shard(0, 4));
  folder.write('records/a.tfrecord-00001-of-00002', shard(4, 3));
  const path = folder.folder('records');

  it('draws every record of every shard', async () => {
    const drawn = await drawAll({ source: 'tfrecord', path, ...keys });
    expect(drawn.size).toBe(7);
    for (const [index, { pixels, label }] of drawn) {
      expect(label).toBe(index % 3);
      expect(pixels).toEqual(Float32Array.from(testPixels(6, 5, 3, index).data, valueOf));
    }
  });

  it('describes itself', async () => {
    expect(await describeDataset({ source: 'tfrecord', path, ...keys })).toMatchObject({
      numExamples: 7,
      imageShape: [5, 6, 3],
      numClasses: 3,
    });
    expect(await describeDataset({ source: 'tfrecord', path, imageKey: 'image/encoded' })).toMatchObject({
      numClasses: 0,
    });
  });

  it('names the features that there are', async () => {
    const refusal = await refusalOf(() => describeDataset({ source: 'tfrecord', path }));
    expect(refusal).toMatchObject({
      code: 'malformed',
      offset: 0,
      file: `${path}/a.tfrecord-00000-of-00002`,
    });
    expect(refusal.message).toContain('no feature "image"; it has image/encoded, height, image/class/label');
  });

  it('notices a missing shard', async () => {
    folder.write('gap/a.tfrecord-00001-of-00002', shard(4, 3));
    const refusal = await refusalOf(() =>
      describeDataset({ source: 'tfrecord', path: folder.folder('gap'), ...keys }),
    );
    expect(refusal).toMatchObject({
      code: 'not-found',
      file: `${folder.path}/gap/a.tfrecord-00000-of-00002`,
    });
  });

  it('notices a file cut between records, where the number of examples is given', async () => {
    const file = folder.write('cut.tfrecord', shard(0, 3));
    const refusal = await refusalOf(() =>
      describeDataset({ source: 'tfrecord', path: file, numExamples: 4, ...keys }),
    );
    expect(refusal).toMatchObject({
      code: 'malformed',
      file,
      message: expect.stringContaining('expected 4 examples (numExamples), got 3'),
    });
  });

  it('refuses a record without a label among labelled ones', async () => {
    const file = folder.write(
      'half.tfrecord',
      Buffer.concat([
        shard(0, 1),
        encodeRecord(encodeExample({ 'image/encoded': encodePng(testPixels(6, 5, 3)) })),
      ]),
    );
    const refusal = await refusalOf(() => describeDataset({ source: 'tfrecord', path: file, ...keys }));
    expect(refusal).toMatchObject({ code: 'malformed', file, offset: shard(0, 1).length });
  });
});
