import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare, type CompareOptions, type Comparison } from './compare-command.ts';
import { ownCache } from './testing/own-cache.ts';
import { exitNameOf } from './worker-error.ts';

const folder = ownCache();

const told: string[] = [];
const between = (images: string, data: string, more: Partial<CompareOptions> = {}): Promise<Comparison> =>
  compare(
    { images, data, device: 'cpu', extractor: 'digits-classifier', ...more },
    ({ label, done, total }) => told.push(`${label} ${done}/${total}`),
  );

test('a set is nothing apart from itself, and something from others; only what it is judged by is kept', async () => {
  const [few, many] = ['shapes:n=70,resolution=8', 'shapes:n=150,resolution=24,seed=1'];
  const apart = await between(few, many);
  expect(told.splice(0).join(', ')).toBe(
    'reference 64/150, reference 128/150, reference 150/150, images 64/70, images 70/70',
  );
  expect(apart).toMatchObject({
    numImages: 70,
    numReal: 150,
    extractor: 'digits-classifier',
    images: expect.stringMatching(/^[0-9a-f]+$/),
  });
  const itself = await between(many, many);
  expect(told.splice(0).at(0)).toBe('images 64/150');
  // The unbiased estimate between equal sets lies below nothing, by what the diagonal would add.
  expect([Math.abs(itself.fid) < 1e-4 * apart.fid, itself.kid < 0]).toEqual([true, true]);
  expect([itself.images, apart.data]).toEqual([itself.data, itself.data]);
  expect(await readdir(join(folder(), 'references'))).toHaveLength(1);
});

test.each<[string, string, Partial<CompareOptions>, string, RegExp]>([
  ['shapes:n=1,resolution=8', 'shapes:n=9,resolution=8', {}, 'data', /2 or more images .* got 1 \(images\)/],
  [
    'shapes:n=9,resolution=8',
    'shapes:n=1,resolution=8',
    {},
    'data',
    /2 or more images .* got 1 \(reference\)/,
  ],
  ['nowhere', 'shapes', {}, 'data', /nowhere: no such file or folder/],
  ['shapes', 'shapes', { extractor: undefined }, 'usage', /name the features to compare in with --extractor/],
])('%s beside %s, %j: refused', async (images, data, more, exitName, message) => {
  const error: unknown = await between(images, data, more).catch((reason: unknown) => reason);
  expect([exitNameOf(error), (error as Error).message]).toEqual([exitName, expect.stringMatching(message)]);
});
