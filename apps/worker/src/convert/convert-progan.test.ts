import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import { readSafetensors, type Weights } from '@kiln/weights';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi, type Mock } from 'vitest';
import { convert, type ConvertOptions } from './convert-command.ts';
import { drawnFile, imagesOf, largestDifference } from './testing/drawn-run.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const fixtures = join(import.meta.dirname, '../../../../libs/weights/test/fixtures');
const convention = 'pytorch-gan-zoo';

const small = { recipe: 'progan-digits', set: ['latent=8', 'featureBase=64', 'featureMax=8'] };

let said: Mock;
beforeEach(() => {
  said = vi.spyOn(process.stderr, 'write').mockReturnValue(true) as unknown as Mock;
});
afterEach(() => {
  said.mockRestore();
});
const words = (): string => said.mock.calls.map(([text]) => String(text)).join('');

beforeAll(async () => {
  startEngine({ device: 'cpu' });
  folder = await mkdtemp(join(tmpdir(), 'kiln-convert-progan-'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a run goes there and comes back but for rounding, stands where its last side is whole, and draws the same', async () => {
  const original = await drawnFile(at('G.safetensors'), small, 'G');
  await convert({ ...small, input: at('G.safetensors'), output: at('run'), from: 'kiln' });
  await convert({ input: at('run'), output: at('theirs.safetensors'), to: convention });
  await convert({ ...small, input: at('theirs.safetensors'), output: at('back'), from: convention });
  await convert({ input: at('back'), output: at('back.safetensors') });
  const back = await readSafetensors(at('back.safetensors'));
  expect(back.size).toBe(original.size);
  for (const [path, { values }] of original)
    expect([path, largestDifference(values, back.get(path)!.values) < 1e-6]).toEqual([path, true]);
  const images = await imagesOf(at('run'));
  expect(new Set(images).size).toBeGreaterThan(900);
  expect(largestDifference(images, await imagesOf(at('back')))).toBeLessThan(1e-5);
  // 3750 steps of 32 images are the 120 kimg from which 16x16 is held.
  expect(await readdir(join(at('back'), 'checkpoints'))).toContain('step-00003750');
  expect(words()).not.toContain('[weights]');
});

test('D goes through a file of its own', async () => {
  const original = await drawnFile(at('D.safetensors'), small, 'D');
  const there = { ...small, network: 'D', input: at('D.safetensors'), output: at('D-theirs.safetensors') };
  await convert({ ...there, to: convention });
  const output = at('D-back.safetensors');
  await convert({ ...there, input: there.output, output, from: convention });
  const back = await readSafetensors(output);
  expect(back.size).toBe(original.size);
  for (const [path, { values }] of original)
    expect(largestDifference(values, back.get(path)!.values)).toBeLessThan(1e-6);
});

describe('a checkpoint', () => {
  // Its netG is all ones, avgG twos and netD threes; it was saved while 8x8 faded in.
  const file = join(fixtures, 'gan-zoo.pt');
  const tiny = ['latent=2', 'featureBase=64', 'featureMax=2'];
  const from = { recipe: small.recipe, set: tiny, data: 'shapes:resolution=8', from: convention };
  const of = async (options: Partial<ConvertOptions>): Promise<Weights> => {
    const output = at('part.safetensors');
    await convert({ input: at('whole'), output, to: convention, ...options });
    return readSafetensors(output);
  };
  const valuesIn = (weights: Weights): number[] => [
    ...new Set(
      [...weights.values()].flatMap(({ values }) => [...values].map((value) => Number(value.toFixed(5)))),
    ),
  ];

  test('is a whole run: the averages, what is being trained, and D', async () => {
    await convert({ ...from, input: file, output: at('whole') });
    expect(words()).toContain(
      `[weights] ${file}: was saved while its last side faded in, with 25 % of the side before`,
    );
    expect(valuesIn(await of({}))).toEqual([2]);
    expect(valuesIn(await of({ trained: true }))).toEqual([1]);
    expect(valuesIn(await of({ network: 'D' }))).toEqual([3]);
  });

  test.each<[string, Partial<ConvertOptions>, RegExp]>([
    ['another side', { data: 'shapes:resolution=16' }, /images of 8x8, and the recipe's images are 16x16/],
    [
      'another width',
      { set: ['latent=2', 'featureBase=64', 'featureMax=3'] },
      /"formatLayer\.module\.weight" is \[32, 2\], the network needs \[48, 2\]/,
    ],
    ['the other network', { input: `${file}#netD` }, /netD: is a D; expected a G of ProgressiveGAN/],
    [
      'StyleGAN2',
      { input: join(fixtures, 'stylegan2.pt#g') },
      /begins with "style\.1\.weight"; expected a G/,
    ],
    [
      'groups of another size',
      { network: 'D', set: [...tiny, 'stddevGroup=8'] },
      /compares 4 samples with each other, got stddevGroup=8; choose --set stddevGroup=4/,
    ],
    [
      'the recipe of another model',
      { recipe: 'stylegan-digits', set: [] },
      /pytorch-gan-zoo has names for progan, not for recipe stylegan-digits/,
    ],
  ])('is refused for %s', async (_, options, message) => {
    const attempt = convert({ ...from, input: file, output: at('none'), ...options });
    await expect(attempt).rejects.toThrow(message);
  });
});
