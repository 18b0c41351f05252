import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import { apply } from '@kiln/nn';
import { readSafetensors, writeSafetensors, type Weights } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../resolve-config.ts';
import { convert, type ConvertOptions } from './convert-command.ts';
import { subjectOf } from './subject.ts';
import { drawnFile, imagesOf, largestDifference } from './testing/drawn-run.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

const small = ['latent=8', 'features=8', 'mappingLayers=2', 'featureBase=64', 'featureMax=8'];
const style2 = { recipe: 'stylegan2-digits', set: small };
const style = { recipe: 'stylegan-digits', set: small };

/** A run, a file of theirs made of it, and a run made of that. */
async function thereAndBack(subject: typeof style, convention: string): Promise<Weights> {
  const [run, file, back] = ['run', 'file.safetensors', 'back'].map((name) =>
    at(`${subject.recipe}-${name}`),
  );
  await convert({ ...subject, input: at(`${subject.recipe}.safetensors`), output: run!, from: 'kiln' });
  await convert({ input: run!, output: file!, to: convention });
  await convert({ ...subject, input: file!, output: back!, from: convention });
  return readSafetensors(file!);
}

const refusal = async (options: Partial<ConvertOptions>): Promise<string> => {
  const output = at('none.safetensors');
  const attempt = convert({ ...style2, input: at('stylegan2-digits.safetensors'), output, ...options });
  return attempt.then(
    () => 'accepted',
    (reason: Error) => reason.message,
  );
};

beforeAll(async () => {
  startEngine({ device: 'cpu' });
  folder = await mkdtemp(join(tmpdir(), 'kiln-convert-stylegan-'));
  for (const subject of [style, style2]) await drawnFile(at(`${subject.recipe}.safetensors`), subject, 'G');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('stylegan2-pytorch: a run comes back to the bit, with its average w and its images', async () => {
  const theirs = await thereAndBack(style2, 'stylegan2-pytorch');
  const original = await readSafetensors(at('stylegan2-digits.safetensors'));
  expect(theirs.get('latent_avg')).toEqual(original.get('declared/wAverage'));
  for (const trained of [false, true]) {
    const output = at(`style2-${trained}.safetensors`);
    await convert({ input: at('stylegan2-digits-back'), output, trained });
    expect(await readSafetensors(output)).toEqual(original);
  }
  const psi = { truncation: 0.5 };
  const images = await imagesOf(at('stylegan2-digits-run'), psi);
  expect(new Set(images).size).toBeGreaterThan(900);
  expect(await imagesOf(at('stylegan2-digits-back'), psi)).toEqual(images);
});

test('the average w of a file without it is that of all classes', async () => {
  const subject = { ...style2, set: [...small, 'conditional=true'] };
  const weights = new Map(await drawnFile(at('classes.safetensors'), subject, 'G'));
  weights.delete('declared/wAverage');
  // The first rows are z's: without them each class has one w.
  weights.get('mapping/params/layer1.kernel')!.values.fill(0, 0, 8 * 8);
  await writeSafetensors(at('classes.safetensors'), weights);
  const output = at('classes-back.safetensors');
  await convert({ ...subject, input: at('classes.safetensors'), output, from: 'kiln' });
  const found = (await readSafetensors(output)).get('declared/wAverage')!;
  const { game } = subjectOf(await resolveConfig(subject.recipe, subject), 'G');
  const own = [...weights].filter(([path]) => path.startsWith('mapping/params/'));
  const params = Object.fromEntries(
    own.map(([path, { shape, values }]) => [path.slice(15), tf.tensor(values, [...shape])]),
  );
  const inputs = [tf.ones([10, 8]), tf.range(0, 10, 1, 'int32')];
  const options = { training: false, batchStatistics: 'local' } as const;
  const { output: w } = apply(game.networks['mapping']!, { params, stats: {} }, inputs, options);
  const expected = (await tf.mean(w, 0).data()) as Float32Array;
  expect(found.shape).toEqual([8]);
  found.values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
});

describe('a checkpoint of stylegan2-pytorch', () => {
  // Its g is all ones, g_ema twos, d threes and latent_avg fours.
  const file = join(import.meta.dirname, '../../../../libs/weights/test/fixtures/stylegan2.pt');
  const tiny = ['latent=2', 'features=2', 'mappingLayers=1', 'featureBase=64', 'featureMax=2'];
  const from = { ...style2, set: tiny, data: 'shapes:resolution=8', from: 'stylegan2-pytorch' };
  const valuesIn = (weights: Weights, part: RegExp): number[] => [
    ...new Set([...weights].filter(([path]) => part.test(path)).flatMap(([, { values }]) => [...values])),
  ];
  const exported = async (run: string, options: Partial<ConvertOptions> = {}): Promise<number[][]> => {
    const output = at(`${run}.safetensors`);
    await convert({ input: at(run), output, ...options });
    const weights = await readSafetensors(output);
    return [valuesIn(weights, /params/), valuesIn(weights, /^declared/)];
  };

  test('is a whole run: averages, what is being trained, D and the average w', async () => {
    await convert({ ...from, input: file, output: at('whole') });
    expect(await exported('whole')).toEqual([[2], [4]]);
    expect(await exported('whole', { trained: true })).toEqual([[1], [4]]);
    expect(await exported('whole', { network: 'D' })).toEqual([[3], []]);
  });

  test('of which one set can be chosen, whose average w is then measured', async () => {
    await convert({ ...from, input: `${file}#g`, output: at('chosen') });
    const [params, [mean]] = (await exported('chosen')) as [number[], [number]];
    expect(params).toEqual([1]);
    expect(await exported('chosen', { trained: true })).toEqual([[1], [mean]]);
    // Of sqrt(2) * leakyRelu(0.01 * (1 + sqrt(2) * sin(t))) over all angles t of z.
    expect(mean).toBeCloseTo(0.01 * Math.SQRT2 * (1 + 0.8 * (1 / Math.PI - 1 / 4)), 3);
  });

  test('or one network', async () => {
    await convert({ ...from, input: file, output: at('D-alone'), network: 'D' });
    expect(await exported('D-alone', { network: 'D' })).toEqual([[3], []]);
    expect((await exported('D-alone'))[0]!.length).toBeGreaterThan(2);
  });
});

describe('style-based-gan-pytorch', () => {
  test('a run comes back but for rounding, with the first bias in the constant, and draws the same', async () => {
    const theirs = await thereAndBack(style, 'style-based-gan-pytorch');
    expect([...theirs.keys()].every((name) => /^(style|generator)\./.test(name))).toBe(true);
    const original = await readSafetensors(at('stylegan-digits.safetensors'));
    await convert({ input: at('stylegan-digits-back'), output: at('style.safetensors') });
    const back = await readSafetensors(at('style.safetensors'));
    expect([...back.keys()]).toEqual([...original.keys()]);
    const same = [...original].filter(([path]) => !/block4\.(constant|layer1\.bias)$|^declared/.test(path));
    for (const [path, { values }] of same)
      expect([path, largestDifference(values, back.get(path)!.values) < 1e-6]).toEqual([path, true]);
    expect(back.get('synthesis/params/block4.layer1.bias')!.values.every((value) => value === 0)).toBe(true);
    // The file has no average w, which truncation needs: it is that of 10,000 z.
    const psi = { truncation: 1 };
    const images = await imagesOf(at('stylegan-digits-run'), psi);
    expect(new Set(images).size).toBeGreaterThan(900);
    expect(largestDifference(images, await imagesOf(at('stylegan-digits-back'), psi))).toBeLessThan(1e-4);
  });

  test('a run that was made stands where its last side is whole', async () => {
    // 40 kimg of 8x8 and 30 of fading, in steps of 64 images.
    const newest = `step-${String(Math.ceil(70_000 / 64)).padStart(8, '0')}`;
    expect(await readdir(join(at('stylegan-digits-back'), 'checkpoints'))).toContain(newest);
  });

  test('D goes through a file of its own', async () => {
    // Its widths do not change, as the two programs widen in different layers.
    const original = await drawnFile(at('D.safetensors'), style, 'D');
    const there = { ...style, network: 'D', input: at('D.safetensors'), output: at('D-theirs.safetensors') };
    await convert({ ...there, to: 'style-based-gan-pytorch' });
    const back = { ...there, input: there.output, output: at('D-back.safetensors') };
    await convert({ ...back, from: 'style-based-gan-pytorch' });
    const found = await readSafetensors(back.output);
    expect(found.size).toBe(original.size);
    for (const [path, { values }] of original)
      expect(largestDifference(values, found.get(path)!.values)).toBeLessThan(1e-6);
  });
});

describe('what is refused', () => {
  const theirs = (recipe: string): string => at(`${recipe}-file.safetensors`);
  test.each<[string, Partial<ConvertOptions>, RegExp]>([
    [
      'another side',
      { input: 'stylegan2-digits', from: 'stylegan2-pytorch', data: 'shapes:resolution=32' },
      /is of a network for images of 16x16, and the recipe's images are 32x32; choose the recipe, or with --data the side/,
    ],
    [
      'another side of a network that grows',
      { ...style, input: 'stylegan-digits', from: 'style-based-gan-pytorch', data: 'shapes:resolution=8' },
      /is of a network for images of 16x16, and the recipe's images are 8x8/,
    ],
    [
      'another width',
      { input: 'stylegan2-digits', from: 'stylegan2-pytorch', set: [...small, 'featureMax=4'] },
      /"input\.input" is \[1, 8, 4, 4\], the network needs \[1, 4, 4, 4\]/,
    ],
    [
      'a layer too many',
      { input: 'stylegan2-digits', from: 'stylegan2-pytorch', set: [...small, 'mappingLayers=1'] },
      /holds 2 tensors that the network has no place for, the first is "style\.2\.bias"/,
    ],
    [
      'a layer too few',
      { input: 'stylegan2-digits', from: 'stylegan2-pytorch', set: [...small, 'mappingLayers=3'] },
      /has no "style\.3\.weight", which the network's mapping\/params\/layer3\.kernel needs/,
    ],
    [
      'the other StyleGAN',
      { input: 'stylegan2-digits', to: 'style-based-gan-pytorch' },
      /style-based-gan-pytorch has names for stylegan, not for recipe stylegan2-digits/,
    ],
    [
      'classes',
      { input: 'stylegan2-digits', to: 'stylegan2-pytorch', set: [...small, 'conditional=true'] },
      /stylegan2-pytorch has no names for networks that take classes/,
    ],
    ['no network', { network: 'X' }, /has no network "X"; --network is one of mapping, synthesis, D, G$/],
  ])('%s', async (_, { input = 'stylegan2-digits', ...options }, message) => {
    expect(await refusal({ from: 'kiln', ...options, input: theirs(input) })).toMatch(message);
  });
});
