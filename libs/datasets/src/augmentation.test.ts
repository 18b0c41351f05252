import { startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Drawn, drawFrom } from '../testing/draw.ts';
import { encodePng, testPixels } from '../testing/png-encoder.ts';
import { refusalOf } from '../testing/refusal.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type BatchOptions, type DataSpec, describeDataset, openDataset } from './index.ts';

const folder = temporaryFolder();
for (let i = 0; i < 7; i++) folder.write(`photos/${i}.png`, encodePng(testPixels(20 + i, 18, 3, i)));
const photos: DataSpec = { source: 'folder', path: folder.folder('photos'), resolution: 16 };

const everything = {
  crop: 'random',
  zoom: 1.4,
  mirror: true,
  brightness: 0.2,
  contrast: 0.3,
  saturation: 0.4,
  hue: 0.1,
} as const;

async function drawn(spec: DataSpec, options: BatchOptions, count: number): Promise<Drawn[]> {
  const dataset = await openDataset(spec);
  try {
    return await drawFrom(dataset, options, count);
  } finally {
    dataset.dispose();
  }
}

/** Each sample's pixels, in the order of the positions. */
const samples = (batches: readonly Drawn[]) =>
  batches.flatMap(({ indices, images }) => {
    const size = images.length / indices.length;
    return indices.map((index, i) => ({ index, pixels: images.slice(i * size, (i + 1) * size) }));
  });

beforeAll(() => startEngine());

describe.each<[string, DataSpec]>([
  ['files', { ...photos, ...everything }],
  ['arrays', { source: 'shapes', n: 7, resolution: 16, ...everything }],
])('a sample of %s with every augmentation', (_name, spec) => {
  it('is the same for 1, 2 and 4 workers, to the bit', async () => {
    const alone = samples(await drawn(spec, { seed: 5, batch: 8 }, 4));
    for (const worldSize of [2, 4]) {
      const parts: ReturnType<typeof samples>[] = [];
      for (let rank = 0; rank < worldSize; rank++)
        parts.push(samples(await drawn(spec, { seed: 5, batch: 8, rank, worldSize }, 4)));
      const local = 8 / worldSize;
      const together = Array.from({ length: 4 }, (_, k) =>
        parts.flatMap((part) => part.slice(k * local, (k + 1) * local)),
      ).flat();
      expect(together).toEqual(alone);
    }
  });

  it('is the same in a resumed run, to the bit', async () => {
    const whole = samples(await drawn(spec, { seed: 5, batch: 8 }, 4));
    expect(samples(await drawn(spec, { seed: 5, batch: 8, startIndex: 24 }, 1))).toEqual(whole.slice(24));
  });

  it('is another one in the next epoch and with another seed', async () => {
    const twice = samples(await drawn(spec, { seed: 5, batch: 7 }, 2));
    const other = samples(await drawn(spec, { seed: 6, batch: 7 }, 1));
    const pictures = [...twice, ...other].filter(({ index }) => index === 3);
    expect(new Set(pictures.map(({ pixels }) => pixels.join())).size).toBe(3);
  });

  it('stays between black and white', async () => {
    for (const { pixels } of samples(await drawn(spec, { seed: 5, batch: 8 }, 4)))
      expect(pixels.every((value) => value >= -1 && value <= 1)).toBe(true);
  });
});

describe('a random crop', () => {
  // The red of a pixel is its column, the green its row.
  const data = Uint8Array.from({ length: 40 * 16 * 3 }, (_, i) =>
    i % 3 === 0 ? ((i / 3) % 40) * 6 : i % 3 === 1 ? Math.floor(i / 120) * 16 : 0,
  );
  folder.write('ramp/1.png', encodePng({ width: 40, height: 16, channels: 3, data }));
  const ramp: DataSpec = { source: 'folder', path: folder.folder('ramp'), resolution: 16 };
  const corner = ({ pixels }: { pixels: Float32Array }) =>
    [0, 1].map((c) => ((pixels[c] as number) + 1) * 127.5);

  it('moves over what does not fit, and nowhere else', async () => {
    const corners = samples(await drawn({ ...ramp, crop: 'random' }, { seed: 1, batch: 200 }, 1)).map(corner);
    const columns = corners.map(([red = 0]) => red / 6);
    expect(Math.min(...columns)).toBeLessThan(1);
    expect(Math.max(...columns)).toBeGreaterThan(23);
    expect(Math.max(...columns)).toBeLessThanOrEqual(24.001);
    expect(new Set(corners.map(([, green]) => Math.round((green ?? 0) * 1e3)))).toEqual(new Set([0]));
  });

  it('keeps the middle by default', async () => {
    const [sample] = samples(await drawn(ramp, { seed: 1, batch: 1 }, 1));
    expect(corner(sample as never)[0]).toBeCloseTo(12 * 6, 3);
  });

  it('zooms in by up to the factor given', async () => {
    const widths = samples(await drawn({ ...ramp, zoom: 2 }, { seed: 1, batch: 200 }, 1)).map(
      ({ pixels }) => {
        const last = pixels.length - 3;
        return (((pixels[last + 1] as number) - (pixels[1] as number)) * 127.5) / 16;
      },
    );
    // 16 rows show 15 steps without zoom, and half of that at twice the size.
    expect(Math.max(...widths)).toBeLessThanOrEqual(15.001);
    expect(Math.max(...widths)).toBeGreaterThan(14);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(7.4);
    expect(Math.min(...widths)).toBeLessThan(8.5);
  });
});

it('hue and saturation are refused where there is no colour', async () => {
  const refusal = await refusalOf(() => describeDataset({ ...photos, channels: 1, hue: 0.1 }));
  expect(refusal).toMatchObject({ code: 'bad-spec' });
  expect(refusal.message).toContain('saturation and hue need colour images, these are grey');
});
