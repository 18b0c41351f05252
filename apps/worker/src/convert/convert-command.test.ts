import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random, readTree, startEngine } from '@kiln/engine';
import { initialize } from '@kiln/nn';
import { readSafetensors, writeSafetensors, type WeightArray, type Weights } from '@kiln/weights';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gameOf, resolveConfig } from '../resolve-config.ts';
import { exitNameOf } from '../worker-error.ts';
import { conventionNames } from './conventions.ts';
import { convert, type ConvertOptions } from './convert-command.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

/** Drawn weights of the recipe's G, in Kiln's names. */
async function drawnWeights(file: string, recipe: string, set: string[]): Promise<Weights> {
  const game = gameOf(await resolveConfig(recipe, { set, dryRun: true }));
  const variables = initialize(game.networks['G']!, random.key(1, 'weights'));
  const values = await readTree(variables);
  const weights = new Map(
    [...values].map(([path, array]): [string, WeightArray] => {
      const [kind, ...name] = path.split('/') as ['params' | 'stats', ...string[]];
      return [path, { shape: variables[kind][name.join('/')]!.shape, values: array as Float32Array }];
    }),
  );
  await writeSafetensors(file, weights);
  return weights;
}

const small = { recipe: 'biggan-digits', set: ['width=4'] };
const deep = { recipe: 'biggan-deep-128', set: ['width=4', 'hub=true', 'latent=8', 'embedding=8'] };

beforeAll(async () => {
  startEngine({ device: 'cpu' });
  folder = await mkdtemp(join(tmpdir(), 'kiln-convert-'));
  await drawnWeights(at('kiln.safetensors'), small.recipe, small.set);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const refusal = async (options: Partial<ConvertOptions>): Promise<string> => {
  const output = at('none.safetensors');
  const error: unknown = await convert({ input: at('kiln.safetensors'), output, ...options }).catch(
    (reason: unknown) => reason,
  );
  return `${exitNameOf(error)}: ${(error as Error).message}`;
};

test('a file becomes a run, and a run a file, with every number as it was', { timeout: 60_000 }, async () => {
  const theirs = at('theirs.safetensors');
  await convert({ ...small, input: at('kiln.safetensors'), output: theirs, to: 'biggan-pytorch' });
  expect([...(await readSafetensors(theirs)).keys()]).toContain('blocks.0.0.conv1.weight');
  await convert({ ...small, input: theirs, output: at('run'), from: 'biggan-pytorch' });
  const original = await readSafetensors(at('kiln.safetensors'));
  for (const trained of [false, true]) {
    const back = at(`back-${trained}.safetensors`);
    await convert({ input: at('run'), output: back, trained });
    expect(await readSafetensors(back)).toEqual(original);
  }
});

test('a run of weights alone says that it has no data', { timeout: 60_000 }, async () => {
  const weights = await drawnWeights(at('deep.safetensors'), deep.recipe, deep.set);
  const hub = at('hub.safetensors');
  await convert({ ...deep, input: at('deep.safetensors'), output: hub, to: 'pretrained-biggan' });
  await convert({ ...deep, input: hub, output: at('deep-run'), from: 'pretrained-biggan' });
  expect(JSON.parse(await readFile(join(at('deep-run'), 'config.json'), 'utf8'))).toMatchObject({
    recipe: 'biggan-deep-128',
    data: null,
  });
  const { numTensors } = await convert({ input: at('deep-run'), output: at('deep-back.safetensors') });
  expect(numTensors).toBe(weights.size);
});

test('without conventions another format is written, with the same names', async () => {
  const input = join(import.meta.dirname, '../../../../libs/weights/test/fixtures/checkpoint.pth#G_ema');
  await convert({ input, output: at('plain.safetensors') });
  expect(await readSafetensors(at('plain.safetensors'))).toEqual(
    new Map([['w', { shape: [1], values: Float32Array.of(2) }]]),
  );
});

test.each(['docs/cli.md', 'apps/cli/src/commands/convert.ts'])('%s names all conventions', async (file) => {
  const text = await readFile(join(import.meta.dirname, '../../../..', file), 'utf8');
  expect(conventionNames.filter((name) => !text.includes(name))).toEqual([]);
});

describe('what is refused', () => {
  test.each<[Partial<ConvertOptions>, RegExp]>([
    [{ from: 'kiln' }, /^usage: name with --recipe whose network the weights are/],
    [
      { ...small, to: 'biggan-torch' },
      /^usage: --to biggan-torch: no such convention; did you mean "biggan-pytorch"\?/,
    ],
    [{ ...small, to: 'pretrained-biggan' }, /has names for biggan-deep, not for recipe biggan-digits/],
    [
      { recipe: 'digits-dcgan', to: 'biggan-pytorch' },
      /has names for biggan and biggan-deep, not for recipe digits-dcgan/,
    ],
    [{ ...small, from: 'kiln', network: 'X' }, /has no network "X"; --network is one of G, D/],
    [
      { ...small, from: 'biggan-pytorch' },
      /^data: .*kiln\.safetensors: has no ".*", which the network's G\/params\/.* needs/,
    ],
    [
      { recipe: 'biggan-digits', set: ['width=8'], from: 'kiln' },
      /"params\/\S+" is \[.*\], the network needs \[.*\]/,
    ],
  ])('%j', async (options, message) => {
    expect(await refusal(options)).toMatch(message);
  });

  test('a folder that holds something', async () => {
    await mkdir(join(at('full'), 'checkpoints'), { recursive: true });
    expect(await refusal({ ...small, output: at('full') })).toMatch(
      /^coordinator: .*full is to be a new run and holds checkpoints/,
    );
  });
});
