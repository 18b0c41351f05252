import { startEngine } from '@kiln/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Drawn, drawFrom } from '../testing/draw.ts';
import { encodePng, testPixels } from '../testing/png-encoder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type DataSpec, type Dataset, openDataset } from './index.ts';

const folder = temporaryFolder();
for (let i = 0; i < 11; i++)
  folder.write(`images/class-${i % 2}/${i}.png`, encodePng(testPixels(4, 4, 3, i)));

const specs: Record<string, DataSpec> = {
  'drawn a batch at a time': { source: 'shapes', n: 11, resolution: 8, mirror: true },
  'drawn a sample at a time': { source: 'folder', path: `${folder.path}/images`, mirror: true },
};

/** Puts the ranks' parts of each batch together. */
function union(ranks: Drawn[][]): Pick<Drawn, 'indices' | 'labels' | 'images'>[] {
  return (ranks[0] ?? []).map((_, k) => ({
    indices: ranks.flatMap((batches) => batches[k]?.indices ?? []),
    labels: ranks.flatMap((batches) => batches[k]?.labels ?? []),
    images: Float32Array.from(ranks.flatMap((batches) => [...(batches[k]?.images ?? [])])),
  }));
}

describe.each(Object.entries(specs))('the order of samples %s', (_name, spec) => {
  let dataset: Dataset;
  beforeAll(async () => {
    startEngine();
    dataset = await openDataset(spec);
  });
  afterAll(() => dataset.dispose());

  const draw = async (worldSize: number) => {
    const ranks: Drawn[][] = [];
    for (let rank = 0; rank < worldSize; rank++)
      ranks.push(await drawFrom(dataset, { seed: 7, batch: 8, rank, worldSize }, 6));
    return union(ranks);
  };

  it('is the same for 1, 2 and 4 workers, picture for picture', async () => {
    const alone = await draw(1);
    expect(await draw(2)).toEqual(alone);
    expect(await draw(4)).toEqual(alone);
  });

  it('goes on from any index, with another number of workers too', async () => {
    const whole = await drawFrom(dataset, { seed: 7, batch: 4 }, 12);
    expect(await drawFrom(dataset, { seed: 7, batch: 4, startIndex: 36 }, 3)).toEqual(whole.slice(9));
    const halves = await Promise.all(
      [0, 1].map((rank) => drawFrom(dataset, { seed: 7, batch: 4, rank, worldSize: 2, startIndex: 36 }, 3)),
    );
    expect(union(halves).map((batch) => batch.indices)).toEqual(whole.slice(9).map((batch) => batch.indices));
  });

  it('takes every example once an epoch, each epoch in another order', async () => {
    const batches = await drawFrom(dataset, { seed: 7, batch: 1 }, 33);
    const epochs = [0, 11, 22].map((first) =>
      batches.slice(first, first + 11).flatMap((batch) => batch.indices),
    );
    for (const epoch of epochs)
      expect(epoch.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(epochs.map(String)).size).toBe(3);
  });

  it('depends on the seed, and on nothing else', async () => {
    const [first] = await drawFrom(dataset, { seed: 7, batch: 8 }, 1);
    const [again] = await drawFrom(dataset, { seed: 7, batch: 8 }, 1);
    const [other] = await drawFrom(dataset, { seed: 8, batch: 8 }, 1);
    expect(again).toEqual(first);
    expect(other?.indices).not.toEqual(first?.indices);
  });

  it('mirrors about half of the samples, to the bit', async () => {
    const plain = await openDataset({ ...spec, mirror: false });
    const [straight] = await drawFrom(plain, { seed: 7, batch: 64 }, 1);
    const [turned] = await drawFrom(dataset, { seed: 7, batch: 64 }, 1);
    plain.dispose();
    const [height, width, channels] = dataset.imageShape;
    const size = height * width * channels;
    const kinds = Array.from({ length: 64 }, (_, i) => {
      const [before, after] = [straight, turned].map((batch) => [
        ...(batch?.images.slice(i * size, (i + 1) * size) ?? []),
      ]);
      const flipped = before?.map(
        (_, at) => before[at + (width - 1 - 2 * (Math.floor(at / channels) % width)) * channels],
      );
      return String(after) === String(before)
        ? 'straight'
        : String(after) === String(flipped)
          ? 'mirrored'
          : 'broken';
    });
    expect(new Set(kinds)).toEqual(new Set(['straight', 'mirrored']));
    // Within four standard deviations of 64 coins.
    expect(Math.abs(kinds.filter((kind) => kind === 'mirrored').length - 32)).toBeLessThan(16);
  });

  it('reaches a position that nothing could count up to', async () => {
    const [batch] = await drawFrom(dataset, { seed: 7, batch: 8, startIndex: 8 * 10 ** 12 }, 1);
    const [next] = await drawFrom(dataset, { seed: 7, batch: 8, startIndex: 8 * 10 ** 12 + 4 }, 1);
    expect(next?.indices.slice(0, 4)).toEqual(batch?.indices.slice(4));
  });
});

describe('a small range', () => {
  it.each([1, 2, 3])('of %i examples is shuffled as well', async (n) => {
    const dataset = await openDataset({ source: 'shapes', n: 50, resolution: 4, range: [20, 20 + n] });
    const [batch] = await drawFrom(dataset, { seed: 3, batch: 6 * n }, 1);
    const expected = Array.from({ length: n }, (_, index) => Array<number>(6).fill(index)).flat();
    expect(batch?.indices.toSorted((a, b) => a - b)).toEqual(expected);
    expect(batch?.labels).toEqual(batch?.indices.map((index) => (20 + index) % 5));
    dataset.dispose();
  });
});
