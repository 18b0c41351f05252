import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { memory, startEngine } from '@kiln/engine';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { drawAll, drawFrom, valueOf } from '../../testing/draw.ts';
import { encodeGif } from '../../testing/gif-encoder.ts';
import { encodeFlatJpeg } from '../../testing/jpeg-encoder.ts';
import { encodePng, pngHeader, pngOf, testPixels } from '../../testing/png-encoder.ts';
import { resizeToSquare } from '../../testing/reference-resize.ts';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { webp } from '../../testing/webp-images.ts';
import {
  type DataSpec,
  describeDataset,
  openDataset,
  packDataset,
  type PackOptions,
  parseDataSpec,
  verifyDataset,
  inspectDataset,
} from '../index.ts';
import { disk } from './shard-writer.ts';

const folder = temporaryFolder();
const cut = pngOf(pngHeader(8, 6), deflateSync(Buffer.alloc(152)).subarray(0, 8));
let made = 0;

/** Two classes, twelve images of 8 x 6. */
function images(name: string, replaced: Record<string, Uint8Array> = {}): DataSpec {
  for (let i = 0; i < 12; i++)
    folder.write(`${name}/${i % 2 ? 'cat' : 'dog'}/${10 + i}.png`, encodePng(testPixels(8, 6, 3, i)));
  for (const [file, bytes] of Object.entries(replaced)) folder.write(`${name}/${file}`, bytes);
  return { source: 'folder', path: folder.folder(name) };
}

const fresh = () => join(folder.path, `packed-${made++}`);

async function packed(spec: DataSpec, options: Partial<PackOptions> = {}) {
  const out = options.out ?? fresh();
  return packDataset(spec, { out, ...options });
}

const contents = (out: string) =>
  Object.fromEntries(
    readdirSync(out).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(out, name)))
        .digest('hex'),
    ]),
  );

beforeAll(() => startEngine());

describe('a packed set', () => {
  it('gives the same batches as the folder that it was made of', async () => {
    const spec = images('same', {
      'dog/formats.gif': encodeGif(8, 6, new Uint8Array(768).fill(9), [
        { width: 8, height: 6, pixels: new Uint8Array(48) },
      ]),
      'dog/formats.webp': webp('withAlpha'),
    });
    const { out, manifest } = await packed(spec, { shardBytes: 1024 });
    expect(manifest).toMatchObject({
      examples: 14,
      classNames: ['cat', 'dog'],
      classCounts: [6, 8],
      encoding: 'keep',
    });
    expect(manifest.shards.length).toBeGreaterThan(2);
    const again = await parseDataSpec(out);
    expect(again).toEqual({ source: 'packed', path: out });
    const draw = async (one: DataSpec) => {
      const dataset = await openDataset(one);
      const drawn = await drawFrom(dataset, { seed: 3, batch: 4 }, 5);
      dataset.dispose();
      return drawn;
    };
    const augmented = { mirror: true, zoom: 1.3, hue: 0.1 };
    expect(await draw({ ...again, ...augmented })).toEqual(await draw({ ...spec, ...augmented }));
  });

  it('is the same bytes whenever and wherever it is made', async () => {
    const first = await packed(images('one/here'), { shardBytes: 1024 });
    const second = await packed(images('another/there'), { shardBytes: 1024 });
    expect(contents(second.out)).toEqual(contents(first.out));
  });

  it('describes itself from the index, without its records', async () => {
    const { out } = await packed(images('index'));
    const before = await describeDataset({ source: 'packed', path: out });
    const [shard = ''] = readdirSync(out).filter((name) => name.startsWith('data.'));
    writeFileSync(join(out, shard), Buffer.alloc(readFileSync(join(out, shard)).length));
    expect(await describeDataset({ source: 'packed', path: out })).toEqual(before);
    expect(before).toMatchObject({
      numExamples: 12,
      imageShape: [6, 8, 3],
      numClasses: 2,
      classCounts: [6, 6],
    });
  });

  it('can be read as TFRecords too', async () => {
    const { out } = await packed(images('plain'));
    const drawn = await drawAll({ source: 'tfrecord', path: out });
    expect(drawn.get(0)).toEqual({
      pixels: Float32Array.from(testPixels(8, 6, 3, 1).data, valueOf),
      label: 0,
    });
  });

  it('scales once, to bytes, as training would', async () => {
    const image = testPixels(40, 30, 3);
    folder.write('sized/1.png', encodePng(image));
    const spec: DataSpec = { source: 'folder', path: folder.folder('sized'), resolution: 16 };
    for (const fit of ['crop', 'pad', 'stretch'] as const) {
      const { out, manifest } = await packed({ ...spec, fit });
      expect(manifest).toMatchObject({ width: [16, 16], height: [16, 16], encoding: 'png' });
      const drawn = await drawAll({ source: 'packed', path: out });
      const expected = resizeToSquare(image, 16, fit);
      for (const [i, value] of [...(drawn.get(0)?.pixels ?? [])].entries())
        expect(Math.abs((value + 1) * 127.5 - (expected[i] as number))).toBeLessThan(0.51);
    }
    const { manifest } = await packed({ ...spec, resolution: [20, 10], channels: 1 }, { encoding: 'jpeg' });
    expect(manifest).toMatchObject({ width: [20, 20], height: [10, 10], channels: 1, encoding: 'jpeg' });
  });

  it('can be made of arrays and of shapes', async () => {
    const spec: DataSpec = { source: 'shapes', n: 10, resolution: 16 };
    const { out, manifest } = await packed(spec);
    expect(manifest).toMatchObject({ examples: 10, classCounts: [2, 2, 2, 2, 2], encoding: 'png' });
    const [from, to] = [await drawAll(spec), await drawAll({ source: 'packed', path: out })];
    for (const [index, { pixels, label }] of from) {
      expect(to.get(index)?.label).toBe(label);
      for (const [i, value] of (to.get(index)?.pixels ?? []).entries())
        expect(Math.abs(value - (pixels[i] as number))).toBeLessThan(0.5 / 127);
    }
  });

  it('keeps images of several sizes as they are', async () => {
    const spec = images('mixed', { 'dog/large.jpg': encodeFlatJpeg(3, 2, [0, 1, 2, 3, 4, 5]) });
    const { out, manifest } = await packed(spec);
    expect(manifest).toMatchObject({ width: [8, 24], height: [6, 16] });
    expect((await refusalOf(() => describeDataset({ source: 'packed', path: out }))).message).toContain(
      'the images differ in size (8–24 x 6–16)',
    );
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await packed(images('progress'), { onProgress: ({ done, total }) => told.push(done / total) });
    expect(told).toHaveLength(12);
    expect(told.at(-1)).toBe(1);
  });

  it('leaves no handle or function behind', async () => {
    const spec = images('leak');
    await packed(spec);
    const before = memory();
    await packed(spec);
    expect(memory().native).toEqual(before.native);
    expect(memory().numTensors).toBe(before.numTensors);
  });
});

describe('what packing refuses', () => {
  const nothingLeft = (out: string) =>
    readdirSync(folder.path).filter((name) => join(folder.path, name).startsWith(out));

  it('a damaged image, by name', async () => {
    const out = fresh();
    const refusal = await refusalOf(() => packed(images('cut', { 'dog/14.png': cut }), { out }));
    expect(refusal).toMatchObject({ code: 'malformed', file: `${folder.path}/cut/dog/14.png` });
    expect(refusal.message).toContain('cannot be decoded: Invalid PNG data');
    expect(nothingLeft(out)).toEqual([]);
  });

  it('images that their headers give away, counted before any work', async () => {
    const bomb = pngOf(pngHeader(20_000, 20_000), new Uint8Array());
    const spec = images('headers', { 'dog/14.png': bomb, 'cat/11.png': Buffer.from('BM') });
    const refusal = await refusalOf(() => packed(spec));
    expect(refusal.message).toMatch(/2 of 12 images cannot be used; this one because .*--on-bad-image skip$/);
    const bounded = await refusalOf(() => packed({ ...images('bounded'), maxPixels: 47 } as DataSpec));
    expect(bounded.message).toContain('8 x 6 = 48 pixels; at most 47 are decoded');
  });

  it('unless they are to be skipped: then they are listed, and the others packed', async () => {
    const spec = images('skip', { 'dog/14.png': cut, 'cat/11.png': Buffer.from('BM') });
    const { manifest } = await packed(spec, { onBadImage: 'skip' });
    expect(manifest).toMatchObject({ examples: 10, classCounts: [5, 5] });
    expect(manifest.skipped).toEqual([
      { file: 'cat/11.png', reason: expect.stringContaining('got a BMP image') },
      { file: 'dog/14.png', reason: expect.stringContaining('cannot be decoded: Invalid PNG data') },
    ]);
  });

  it('a set of which nothing is left', async () => {
    folder.write('nothing/1.png', cut);
    const spec: DataSpec = { source: 'folder', path: folder.folder('nothing') };
    expect(await refusalOf(() => packed(spec, { onBadImage: 'skip' }))).toMatchObject({ code: 'empty' });
  });

  it('a folder that exists', async () => {
    const out = folder.folder('there');
    const refusal = await refusalOf(() => packed(images('exists'), { out }));
    expect(refusal).toMatchObject({ code: 'bad-spec', file: out });
    expect(refusal.message).toContain('exists already; give another --out');
  });

  it('what is random', async () => {
    const refusal = await refusalOf(() => packed({ ...images('random'), crop: 'random' }));
    expect(refusal.message).toContain('crop is random anew each epoch and cannot be stored');
  });

  it('keeping files as they are in another size', async () => {
    const spec: DataSpec = { ...images('kept'), resolution: 4 };
    expect((await refusalOf(() => packed(spec, { encoding: 'keep' }))).message).toContain(
      'use --format png or jpeg',
    );
  });

  it('a disk that fills up at any write, of which nothing stays', async () => {
    const spec = images('full');
    const real = disk.write;
    for (const failing of [0, 5, 12, 13]) {
      const out = fresh();
      let writes = 0;
      const full = vi.spyOn(disk, 'write').mockImplementation(async (handle, bytes) => {
        if (writes++ === failing) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
        return real(handle, bytes);
      });
      const refusal = await refusalOf(() => packed(spec, { out }));
      full.mockRestore();
      expect(refusal).toMatchObject({ code: 'unwritable', file: out });
      expect(refusal.message).toContain('no space left for the set; nothing of it was kept');
      expect(nothingLeft(out)).toEqual([]);
    }
  });

  it('to go on when it is told to stop', async () => {
    const out = fresh();
    const stop = new AbortController();
    const attempt = packed(images('stop'), {
      out,
      signal: stop.signal,
      onProgress: ({ done }) => done === 3 && stop.abort(),
    });
    await expect(attempt).rejects.toThrow('aborted');
    expect(nothingLeft(out)).toEqual([]);
  });
});

describe('duplicates', () => {
  const twice = encodePng(testPixels(8, 6, 3, 4));
  const spec = () => images('twice', { 'dog/again.png': twice, 'dog/and-again.png': twice });

  it('are counted', async () => {
    expect((await packed(spec())).manifest).toMatchObject({ examples: 14, duplicates: 2 });
  });

  it('and left out on request', async () => {
    const { manifest } = await packed(spec(), { onDuplicate: 'skip' });
    expect(manifest).toMatchObject({ examples: 12, duplicates: 2 });
  });
});

describe('verifying', () => {
  const set = async () => (await packed(images('verify'), { shardBytes: 1024 })).out;
  const verify = (path: string, onProgress?: (fraction: number) => void) =>
    verifyDataset({ source: 'packed', path }, onProgress);
  const shardOf = (out: string, i: number) =>
    join(out, readdirSync(out).filter((name) => name.startsWith('data.'))[i] as string);

  it('finds a sound set sound, and reads all of it', async () => {
    const read: number[] = [];
    const report = await verify(await set(), (fraction) => read.push(fraction));
    expect(report).toMatchObject({ examples: 12, problems: [] });
    expect(read.at(-1)).toBe(1);
  });

  it('finds any flipped byte, and says where', async () => {
    const out = await set();
    const file = shardOf(out, 1);
    const sound = readFileSync(file);
    for (const at of [0, 9, 40, sound.length - 1]) {
      const flipped = Buffer.from(sound);
      flipped[at] = (flipped[at] as number) ^ 0x10;
      writeFileSync(file, flipped);
      const { problems } = await verify(out);
      expect(problems).toEqual([expect.objectContaining({ file })]);
      expect(problems[0]?.message).toMatch(/, offset \d+: /);
    }
  });

  it('finds a shard that is cut between records, or missing', async () => {
    const out = await set();
    const [first, second] = [shardOf(out, 0), shardOf(out, 1)];
    truncateSync(first, 16);
    rmSync(second);
    const { problems } = await verify(out);
    expect(problems.map(({ file }) => file)).toEqual([first, second]);
    expect((await refusalOf(() => describeDataset({ source: 'packed', path: out }))).message).toMatch(
      /has 16 bytes, and had \d+ when it was packed; see kiln dataset verify/,
    );
  });

  it('finds a changed index and refuses a manifest that is none', async () => {
    const out = await set();
    const index = readFileSync(join(out, 'index.bin'));
    index[30] = 7;
    writeFileSync(join(out, 'index.bin'), index);
    expect((await verify(out)).problems[0]?.reason).toContain('its hash is not the one in dataset.json');
    writeFileSync(join(out, 'dataset.json'), '{"format":"kiln-dataset","version":2}');
    expect((await refusalOf(() => verify(out))).message).toContain('version');
    expect(existsSync(out)).toBe(true);
  });
});

describe('a set that is not packed', () => {
  const spec = () => images('other', { 'dog/14.png': cut, 'cat/11.png': Buffer.from('BM') });
  const file = (name: string) => join(folder.path, 'other', name);

  it('is verified by decoding all of it', async () => {
    const { examples, problems } = await verifyDataset(spec());
    expect(examples).toBe(12);
    expect(problems.map((problem) => problem.file)).toEqual([file('cat/11.png'), file('dog/14.png')]);
    expect((await verifyDataset({ source: 'shapes' })).problems).toEqual([]);
  });

  it('is described by what opening sees, bad images and several sizes included', async () => {
    const report = await inspectDataset(
      images('other/deep', { 'dog/large.png': encodePng(testPixels(9, 9, 3)) }),
    );
    expect(report).toMatchObject({ examples: 13, size: '8–9 x 6–9', unusable: [], packed: null });
    expect(report.classes).toEqual([
      { name: 'cat', examples: 6 },
      { name: 'dog', examples: 7 },
    ]);
    expect((await inspectDataset(spec())).unusable).toMatchObject([{ file: file('cat/11.png'), offset: 0 }]);
    const { out } = await packed(images('other/packed'));
    expect((await inspectDataset({ source: 'packed', path: out })).packed).toMatchObject({
      encoding: 'keep',
    });
  });
});

it('PNGs that it writes are read alike by others', async () => {
  const { out } = await packed({ source: 'shapes', n: 1, resolution: 12 });
  const [shard = ''] = readdirSync(out).filter((name) => name.startsWith('data.'));
  const bytes = readFileSync(join(out, shard));
  const png = decode(bytes.subarray(bytes.indexOf(Buffer.from('89504e470d0a1a0a', 'hex'))));
  expect([png.width, png.height, png.channels, png.depth]).toEqual([12, 12, 3, 8]);
});
