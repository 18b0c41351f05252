import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from './byte-source.ts';
import { readKerasH5 } from './keras-h5.ts';
import { WeightError } from './weight-error.ts';
import type { Weights } from './weights.ts';

const fixtures = join(import.meta.dirname, '../test/fixtures');
const bytesOfFixture = (name: string): Promise<Buffer> => readFile(join(fixtures, name));
const read = async (name: string): Promise<Weights> => readKerasH5(bytesOf(await bytesOfFixture(name), name));

let expected: Record<string, number[]>;
beforeAll(async () => {
  expected = JSON.parse(await readFile(join(fixtures, 'keras.json'), 'utf8')) as typeof expected;
});

/** A `.weights.h5` numbers variables as the layer made them. */
const numbered = (path: string): string =>
  path
    .replace(/beta|kernel/, '0')
    .replace(/moving_mean|bias/, '1')
    .replace('moving_variance', '2');

describe.each([
  ['keras2.h5', (path: string) => path],
  ['model.h5', (path: string) => path],
  ['small.weights.h5', numbered],
])('%s', (name, rename) => {
  it("gives every layer's variables by the layer's name, and nothing of the optimiser", async () => {
    const weights = await read(name);
    expect([...weights.keys()].toSorted()).toEqual(
      Object.keys(expected)
        .map((path) => rename(path))
        .toSorted(),
    );
    for (const [path, values] of Object.entries(expected))
      expect([path, weights.get(rename(path))!.values]).toEqual([path, Float32Array.from(values)]);
    expect(weights.get(rename('conv2d_12/kernel'))!.shape).toEqual([1, 2, 2, 3]);
  });
});

describe('an .h5 file', () => {
  it('cut anywhere is an error of one sentence', async () => {
    const bytes = await bytesOfFixture('keras2.h5');
    for (const length of [8, 100, 600, 2048, 5000, 9000, bytes.length - 8]) {
      const error: unknown = await readKerasH5(bytesOf(bytes.subarray(0, length), 'w.h5')).catch(
        (reason: unknown) => reason,
      );
      expect([length, error]).toEqual([length, expect.any(WeightError)]);
      expect((error as Error).message).toMatch(/^\[weights\] w\.h5: [^\n]+$/);
    }
  });

  it('cannot be read by a link into this machine', async () => {
    await expect(read('link.h5')).rejects.toThrow(/"other" is a link to another file, which is not followed/);
  });
});
