import { readdirSync, rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { memory, startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { drawFrom, valueOf } from '../testing/draw.ts';
import { encodePng, pngHeader, pngOf, testPixels } from '../testing/png-encoder.ts';
import { refusalOf } from '../testing/refusal.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { encodeExample, encodeRecord } from './files/tfrecord-encoder.ts';
import { type BatchOptions, type DataSpec, type Dataset, DatasetError, openDataset } from './index.ts';

const folder = temporaryFolder();
const good = (i: number) => encodePng(testPixels(4, 4, 3, i));
const cut = pngOf(pngHeader(4, 4), deflateSync(Buffer.alloc(52)).subarray(0, 8));

/** A folder of twelve images, some replaced. */
function images(name: string, replaced: Record<number, Uint8Array> = {}): string {
  for (let i = 0; i < 12; i++)
    folder.write(`${name}/${String(i).padStart(2, '0')}.png`, replaced[i] ?? good(i));
  return folder.folder(name);
}

async function withDataset<T>(spec: DataSpec, use: (dataset: Dataset) => Promise<T>): Promise<T> {
  const dataset = await openDataset(spec);
  try {
    return await use(dataset);
  } finally {
    dataset.dispose();
  }
}

const drawn = (spec: DataSpec, options: BatchOptions, count: number) =>
  withDataset(spec, (dataset) => drawFrom(dataset, options, count));

beforeAll(() => startEngine());

function numThreads(): number {
  return readdirSync('/proc/self/task').length;
}

describe('a sample that cannot be used', () => {
  it('fails its batch, naming the file', async () => {
    const path = images('one-cut', { 5: cut });
    const refusal = await refusalOf(() => drawn({ source: 'folder', path }, { seed: 1, batch: 12 }, 1));
    expect(refusal).toMatchObject({ code: 'malformed', file: `${path}/05.png` });
    expect(refusal.message).toMatch(
      /cannot be decoded: Invalid PNG data.*; repair or remove it, or allow some with skipBad$/,
    );
  });

  it('is found at opening where its header says so', async () => {
    const path = images('stranger', { 5: Buffer.from('BM a bitmap') });
    expect(await refusalOf(() => openDataset({ source: 'folder', path }))).toMatchObject({
      code: 'malformed',
      file: `${path}/05.png`,
      offset: 0,
    });
  });

  it('is named with its offset in a TFRecord file', async () => {
    const records = Array.from({ length: 6 }, (_, i) =>
      encodeRecord(encodeExample({ image: good(i), label: i })),
    );
    const flipped = Buffer.concat(records);
    const offset = (records[0] as Buffer).length + (records[1] as Buffer).length;
    const at = offset + (records[2] as Buffer).length - 30;
    flipped[at] = (flipped[at] as number) ^ 1;
    const file = folder.write('flipped.tfrecord', flipped);
    const refusal = await refusalOf(() =>
      drawn({ source: 'tfrecord', path: file }, { seed: 1, batch: 6 }, 1),
    );
    expect(refusal).toMatchObject({ code: 'malformed', file, offset });
    expect(refusal.message).toContain('does not match its checksum');
  });

  it('is named when its file has gone', async () => {
    const path = images('gone');
    await withDataset({ source: 'folder', path }, async (dataset) => {
      rmSync(`${path}/03.png`);
      expect(await refusalOf(() => drawFrom(dataset, { seed: 1, batch: 12 }, 1))).toMatchObject({
        code: 'not-found',
        file: `${path}/03.png`,
      });
    });
  });

  it('is refused undecoded when it has become an image bomb', async () => {
    const path = images('bomb');
    await withDataset({ source: 'folder', path }, async (dataset) => {
      const file = folder.write(
        'bomb/03.png',
        pngOf(pngHeader(12_000, 12_000, 0), deflateSync(Buffer.alloc(12_001 * 12_000))),
      );
      const before = memory().residentBytes;
      expect(await refusalOf(() => drawFrom(dataset, { seed: 1, batch: 12 }, 1))).toMatchObject({
        code: 'too-large',
        file,
      });
      expect(memory().residentBytes - before).toBeLessThan(64 * 2 ** 20);
    });
  });

  it('is refused when its file has become another one', async () => {
    const path = images('changed');
    await withDataset({ source: 'folder', path }, async (dataset) => {
      const file = folder.write('changed/03.png', Buffer.concat([good(4), Buffer.alloc(9)]));
      const refusal = await refusalOf(() => drawFrom(dataset, { seed: 1, batch: 12 }, 1));
      expect(refusal).toMatchObject({ code: 'malformed', file });
      expect(refusal.message).toMatch(
        /the file has changed since the data was opened: it had \d+ bytes, now it has \d+$/,
      );
    });
  });

  it('fails an iterator again and again, not only once', async () => {
    const path = images('strict', { 5: cut });
    await withDataset({ source: 'folder', path }, async (dataset) => {
      const batches = dataset.batches({ seed: 1, batch: 12 });
      const first = await refusalOf(() => batches.next());
      expect(await refusalOf(() => batches.next())).toEqual(first);
      await batches.close();
    });
  });
});

describe('with skipBad', () => {
  const bad = { 4: cut, 5: cut, 11: Buffer.from('BM a bitmap') };
  const path = images('some-bad', bad);
  const clean = images('clean');

  it('each bad sample gives way to the next good one, and no other sample moves', async () => {
    const seen: (string | null)[] = [];
    const options = { seed: 9, batch: 6 };
    const whole = await drawn({ source: 'folder', path: clean }, options, 4);
    const repaired = await drawn(
      { source: 'folder', path, skipBad: 3 },
      { ...options, onBadSample: (fault) => seen.push(fault.file) },
      4,
    );
    const instead = new Map([
      [4, 6],
      [5, 6],
      [11, 0],
    ]);
    expect(repaired.map((batch) => batch.indices)).toEqual(
      whole.map((batch) => batch.indices.map((index) => instead.get(index) ?? index)),
    );
    expect(seen.toSorted()).toEqual([`${path}/04.png`, `${path}/05.png`]);
    const six = testPixels(4, 4, 3, 6).data[0] as number;
    const sixes = repaired.flatMap(({ indices, images: pixels }) =>
      indices.flatMap((index, i) => (index === 6 ? [pixels[i * 48]] : [])),
    );
    expect(new Set(sixes)).toEqual(new Set([valueOf(six)]));
  });

  it('all numbers of workers agree, and so does a resumed run', async () => {
    const spec: DataSpec = { source: 'folder', path, skipBad: 3 };
    const alone = (await drawn(spec, { seed: 9, batch: 6 }, 4)).map((batch) => batch.indices);
    const halves = await Promise.all(
      [0, 1].map((rank) => drawn(spec, { seed: 9, batch: 6, rank, worldSize: 2 }, 4)),
    );
    expect(alone.map((_, k) => halves.flatMap((half) => half[k]?.indices))).toEqual(alone);
    const resumed = await drawn(spec, { seed: 9, batch: 6, startIndex: 12 }, 2);
    expect(resumed.map((batch) => batch.indices)).toEqual(alone.slice(2));
  });

  it('one more than allowed is an error with the last reason', async () => {
    const refusal = await refusalOf(() =>
      drawn({ source: 'folder', path, skipBad: 2 }, { seed: 9, batch: 12 }, 1),
    );
    expect(refusal).toMatchObject({ code: 'too-many-bad', file: `${path}/05.png` });
    expect(refusal.message).toMatch(
      /3 unusable samples, the last because cannot be decoded.*allow more than skipBad=2$/,
    );
  });
});

describe('damaged files, whatever the damage', () => {
  it('are drawn or named, and take nothing down', async () => {
    const whole = encodePng(testPixels(9, 7, 3));
    for (let at = 0; at < whole.length; at += 5) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ 0x55;
      folder.write(`damaged/${at}-cut.png`, whole.subarray(0, at));
      folder.write(`damaged/${at}-flipped.png`, flipped);
    }
    folder.write('damaged/whole.png', whole);
    await withDataset(
      { source: 'folder', path: folder.folder('damaged'), resolution: 8, skipBad: 1000 },
      async (dataset) => {
        const batches = dataset.batches({ seed: 1, batch: dataset.numExamples });
        const { images: x, labels, indices } = await batches.next();
        const bad = [...batches.quarantined.keys()];
        expect(bad.length).toBeGreaterThan(dataset.numExamples / 2);
        expect(indices.filter((index) => bad.includes(index))).toEqual([]);
        expect(new Set([...indices, ...bad]).size).toBe(dataset.numExamples);
        [x, labels].forEach((tensor) => tensor.dispose());
        await batches.close();
      },
    );
  });
});

describe('an iterator', () => {
  const path = images('lifecycle');
  const round = () =>
    drawn({ source: 'folder', path, mirror: true, resolution: 16 }, { seed: 1, batch: 4 }, 20);

  it('answers calls in their order', async () => {
    await withDataset({ source: 'folder', path }, async (dataset) => {
      const one = (await drawFrom(dataset, { seed: 1, batch: 3 }, 4)).map((batch) => batch.indices);
      const batches = dataset.batches({ seed: 1, batch: 3 });
      const together = await Promise.all([batches.next(), batches.next(), batches.next(), batches.next()]);
      expect(together.map((batch) => batch.indices)).toEqual(one);
      for (const { images: x, labels } of together) [x, labels].forEach((tensor) => tensor.dispose());
      await batches.close();
    });
  });

  it('that is closed refuses who waits for it, and more', async () => {
    await withDataset({ source: 'shapes', resolution: 512 }, async (dataset) => {
      const before = memory().native;
      const batches = dataset.batches({ seed: 1, batch: 16 });
      const waiting = refusalOf(() => batches.next());
      await vi.waitUntil(() => memory().native.pending > 0, { interval: 1 });
      await batches.close();
      await batches.close();
      expect((await waiting).code).toBe('closed');
      expect((await refusalOf(() => batches.next())).code).toBe('closed');
      expect(memory().native).toEqual(before);
    });
  });

  it('leaves no handle, function, thread or memory behind', async () => {
    for (let i = 0; i < 3; i++) await round();
    const [before, threads] = [memory(), numThreads()];
    for (let i = 0; i < 10; i++) await round();
    const after = memory();
    expect(after.native).toEqual(before.native);
    expect(after.numTensors).toBe(before.numTensors);
    expect(numThreads()).toBeLessThanOrEqual(threads + 1);
    expect(after.residentBytes - before.residentBytes).toBeLessThan(32 * 2 ** 20);
  });

  it('keeps nothing of the batches that it handed out', async () => {
    await withDataset({ source: 'shapes', resolution: 32 }, async (dataset) => {
      const batches = dataset.batches({ seed: 1, batch: 16 });
      const draw = async (count: number) => {
        for (let k = 0; k < count; k++) {
          const { images: x, labels } = await batches.next();
          x.dispose();
          labels.dispose();
        }
        return memory();
      };
      const before = await draw(20);
      const after = await draw(200);
      await batches.close();
      expect(after.native).toEqual(before.native);
      expect(after.residentBytes - before.residentBytes).toBeLessThan(32 * 2 ** 20);
    });
  });

  it('is refused by a disposed dataset', async () => {
    const dataset = await openDataset({ source: 'folder', path });
    dataset.dispose();
    expect(() => dataset.batches({ seed: 1, batch: 4 })).toThrow(DatasetError);
  });
});
