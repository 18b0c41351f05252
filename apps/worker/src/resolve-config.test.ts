import { fileURLToPath } from 'node:url';
import { describeDataset } from '@kiln/datasets';
import { describe, expect, it } from 'vitest';
import { dataOfRun, gameOf, resolveConfig, type TrainOptions } from './resolve-config.ts';
import { exitNameOf } from './worker-error.ts';

const exitOf = (options: Parameters<typeof resolveConfig>[1], recipe = 'digits-dcgan'): Promise<string> =>
  resolveConfig(recipe, options).then(
    () => 'resolved',
    (error: Error) => `${exitNameOf(error)}: ${error.message}`,
  );

describe('resolving a configuration', () => {
  it('fills in the recipe’s defaults and counts steps in images', async () => {
    const config = await resolveConfig('digits-dcgan', { kimg: 10, workers: 1 });
    expect(config).toMatchObject({
      recipe: 'digits-dcgan',
      batch: 64,
      workers: 1,
      seed: 0,
      steps: 157,
      kimg: 10.048,
    });
    expect(config.data).toMatchObject({ source: 'idx', range: [0, 1497] });
    expect(config.settings).toMatchObject({ loss: 'non-saturating', beta1: 0.5 });
  });

  it('counts every batch of a step with k discriminator updates', async () => {
    const config = await resolveConfig('digits-gan', { steps: 10, set: ['discriminatorSteps=3'] });
    expect(config).toMatchObject({ steps: 10, kimg: (10 * 3 * 64) / 1000 });
  });

  it('takes the size of gradient buckets in MiB', async () => {
    expect(await resolveConfig('digits-dcgan', { bucketMib: 16 })).toMatchObject({ bucketBytes: 16_777_216 });
    expect(await resolveConfig('digits-dcgan', {})).toMatchObject({ bucketBytes: 4_194_304 });
  });

  it('takes a schedule of evaluations in the features that go with the data', async () => {
    expect(await resolveConfig('digits-dcgan', { evaluateEvery: 50, evaluateNum: 300 })).toMatchObject({
      evaluation: { everyKimg: 50, num: 300, extractor: { name: 'digits-classifier' } },
    });
    expect((await resolveConfig('digits-dcgan', {})).evaluation).toBeUndefined();
  });

  it('refuses what goes with evaluations where none were asked for', async () => {
    expect(await exitOf({ evaluateNum: 300 })).toBe('usage: --evaluate-num needs --evaluate-every <kimg>');
    expect(await exitOf({ keepBest: { metric: 'evaluation/fid', order: 'min' } })).toBe(
      'usage: --keep-best evaluation/fid needs --evaluate-every <kimg>',
    );
    expect(await exitOf({ evaluateEvery: 1, evaluateExtractor: 'inception-v3' })).toMatch(
      /^usage: extractor inception-v3 needs --evaluate-weights <file>/,
    );
  });

  it('opens a weights file before a run begins that would need it later', async () => {
    const evaluateWeights = fileURLToPath(
      new URL('../../../libs/weights/test/fixtures/state.pth', import.meta.url),
    );
    const options = { evaluateEvery: 1, evaluateExtractor: 'inception-v3', evaluateWeights };
    expect(await exitOf(options)).toContain('data: ');
    expect(await exitOf(options)).toContain('is no Inception-v3 of torchvision');
  });

  it('suggests the recipe that was meant', async () => {
    expect(await exitOf({}, 'digits-dcgn')).toContain(
      'usage: no recipe "digits-dcgn"; did you mean "digits-dcgan"?',
    );
  });

  it('suggests the setting that was meant', async () => {
    expect(await exitOf({ set: ['bata1=0.4'] })).toContain(
      'usage: recipe digits-dcgan has no setting "bata1"; did you mean "beta1"?',
    );
  });

  it('names a setting that is out of range', async () => {
    expect(await exitOf({ set: ['beta1=2'] })).toMatch(/^usage: --set beta1=2: .*0\.999/);
    expect(await exitOf({ set: ['loss=wasserstien'] })).toMatch(/^usage: --set loss=wasserstien/);
  });

  it('offers batches that the workers divide', async () => {
    expect(await exitOf({ batch: 50, workers: 4 })).toContain(
      '--batch 50 is not divisible by 4 workers; use --batch 48 or 52',
    );
  });

  it('says that D compares samples in groups, and remembers what shares of a batch must be multiples of', async () => {
    const stylegan2 = (options: TrainOptions) =>
      resolveConfig('stylegan2-digits', { workers: 1, ...options });
    await expect(stylegan2({ batch: 10 })).rejects.toThrow(
      'the 4 samples that D compares with each other; it could be 8 or 12',
    );
    expect(await stylegan2({ batch: 8 })).toMatchObject({ shareMultiple: 2 });
    expect(await stylegan2({ set: ['pathWeight=0'] })).not.toHaveProperty('shareMultiple');
    for (const growing of ['stylegan-digits', 'progan-digits'])
      await expect(resolveConfig(growing, { workers: 1, batch: 10 })).rejects.toThrow(
        'D compares with each other',
      );
  });

  it('says what does not fit the data', async () => {
    expect(await exitOf({ set: ['stages=4'] })).toContain(
      'usage: a DCGAN with 4 stages needs a resolution divisible by 16, got 8',
    );
  });

  it('names a data folder that is not there', async () => {
    expect(await exitOf({ data: '/no/such/folder' })).toMatch(/^data: .*\/no\/such\/folder/);
  });
});

it('a run whose data are gone can be built; what needs the data says what to put back', async () => {
  const config = await resolveConfig('digits-dcgan', {});
  const data = { source: 'folder', path: '/nowhere/photos' } as const;
  expect(Object.keys(gameOf({ ...config, data }).networks)).toEqual(['G', 'D']);
  await expect(dataOfRun(describeDataset(data))).rejects.toThrow(
    /^the run's data \/nowhere\/photos is not there any more; put it back/,
  );
});
