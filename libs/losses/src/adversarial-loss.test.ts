import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { adversarialLosses } from './catalog.ts';

beforeAll(() => startEngine({}));

const logits = (...values: number[]): tf.Tensor => tf.tensor2d(values, [values.length, 1]);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const valueOf = async (x: tf.Tensor): Promise<number> => (await x.data())[0]!;

describe('logistic objectives', () => {
  for (const loss of [adversarialLosses.minimax, adversarialLosses['non-saturating']]) {
    it(`${loss.name}: a discriminator that always says one half loses 2 ln 2`, async () => {
      expect(await valueOf(loss.discriminator(logits(0, 0), logits(0, 0)))).toBeCloseTo(2 * Math.LN2, 6);
    });

    it(`${loss.name}: discriminator loss is -E log D(x) - E log(1 - D(G(z)))`, async () => {
      const [real, fake] = [
        [1.5, -0.3],
        [0.2, -2],
      ];
      const mean = (xs: number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;
      const expected =
        -mean(real!.map((l) => Math.log(sigmoid(l)))) - mean(fake!.map((l) => Math.log(1 - sigmoid(l))));
      expect(await valueOf(loss.discriminator(logits(...real!), logits(...fake!)))).toBeCloseTo(expected, 5);
    });

    it(`${loss.name}: large logits do not overflow`, async () => {
      expect(await valueOf(loss.discriminator(logits(-500), logits(500)))).toBeCloseTo(1000, 3);
    });
  }

  it('minimax generator: value -ln 2 at one half, slope -s(l), vanishing when D wins', async () => {
    const { generator } = adversarialLosses.minimax;
    expect(await valueOf(generator(logits(0)))).toBeCloseTo(-Math.LN2, 6);
    for (const l of [-8, -1, 0, 2]) {
      const slope = tf.grad((x: tf.Tensor) => generator(x))(logits(l));
      expect(await valueOf(slope)).toBeCloseTo(-sigmoid(l), 5);
    }
  });

  it('non-saturating generator: value ln 2 at one half, slope -(1 - s(l))', async () => {
    const { generator } = adversarialLosses['non-saturating'];
    expect(await valueOf(generator(logits(0)))).toBeCloseTo(Math.LN2, 6);
    for (const l of [-8, -1, 0, 2]) {
      const slope = tf.grad((x: tf.Tensor) => generator(x))(logits(l));
      expect(await valueOf(slope)).toBeCloseTo(-(1 - sigmoid(l)), 5);
    }
  });
});

describe('hinge', () => {
  const { discriminator, generator } = adversarialLosses.hinge;

  it('is E[1 - D(x)]+ + E[1 + D(G(z))]+, zero beyond the margins', async () => {
    expect(await valueOf(discriminator(logits(0.25, 3), logits(-0.5, -2)))).toBeCloseTo(
      0.75 / 2 + 0.5 / 2,
      6,
    );
    expect(await valueOf(discriminator(logits(1, 8), logits(-1, -5)))).toBe(0);
    expect(await valueOf(generator(logits(2, -5)))).toBeCloseTo(1.5, 6);
  });

  it('pushes only the logits inside the margin, each by its share of the batch', async () => {
    const slope = tf.grad((real: tf.Tensor) => discriminator(real, logits(0)))(logits(0.5, 2));
    expect([...(await slope.data())]).toEqual([-0.5, -0]);
  });
});

describe('Wasserstein', () => {
  it('D minimises and G maximises the difference of means: point masses at 0 and 3 under f(x) = -x are 3 apart', async () => {
    const { discriminator, generator } = adversarialLosses.wasserstein;
    expect(await valueOf(discriminator(logits(0, 0), logits(-3, -3)))).toBe(-3);
    expect(await valueOf(generator(logits(-3, -3)))).toBe(3);
  });
});

describe('least squares', () => {
  it('costs D a quarter and G an eighth when D always says one half', async () => {
    const { discriminator, generator } = adversarialLosses['least-squares'];
    expect(await valueOf(discriminator(logits(0.5, 0.5), logits(0.5, 0.5)))).toBeCloseTo(0.25, 6);
    expect(await valueOf(generator(logits(0.5)))).toBeCloseTo(0.125, 6);
    expect(await valueOf(discriminator(logits(1), logits(0)))).toBe(0);
  });
});
