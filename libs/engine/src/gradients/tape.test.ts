import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../start-engine.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

const at = (x: number, f: (x: tf.Tensor) => tf.Tensor): number =>
  tf.tidy(() => f(tf.scalar(x)).dataSync()[0]!);

type Save = (tensors: tf.Tensor[]) => void;
const custom = (
  f: (
    x: tf.Tensor,
    save: Save,
  ) => { value: tf.Tensor; gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor },
) => tf.customGrad(f as never) as (x: tf.Tensor) => tf.Tensor;

describe('a second derivative through a saved output', () => {
  const sigmoid = 1 / (1 + Math.exp(-0.5));
  const slope = sigmoid * (1 - sigmoid);
  const tanh = Math.tanh(0.5);
  it.each([
    ['sigmoid', (x: tf.Tensor) => tf.sigmoid(x), slope * (1 - 2 * sigmoid)],
    ['tanh', (x: tf.Tensor) => tf.tanh(x), -2 * tanh * (1 - tanh ** 2)],
    ['exp', (x: tf.Tensor) => tf.exp(x), Math.exp(0.5)],
    ['x·sigmoid(x)', (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)), 2 * slope + 0.5 * slope * (1 - 2 * sigmoid)],
    ['elu(-x)', (x: tf.Tensor) => tf.elu(tf.neg(x)), Math.exp(-0.5)],
    ['1/x', (x: tf.Tensor) => tf.reciprocal(x), 16],
  ])('of %s is exact', (_, f, expected) => {
    expect(at(0.5, tf.grad(tf.grad(f)))).toBeCloseTo(expected, 5);
  });

  it('and a third one', () => {
    expect(at(0.5, tf.grad(tf.grad(tf.grad((x) => tf.exp(tf.mul(x, 2))))))).toBeCloseTo(8 * Math.E, 4);
  });
});

describe('an input that no gradient reaches', () => {
  it('gets zeros when only the value of a mask depends on it', () => {
    expect(
      at(
        0.5,
        tf.grad((x) => tf.floor(x)),
      ),
    ).toBe(0);
    expect(
      at(
        0.5,
        tf.grad((x) => tf.cast(tf.greater(x, 0), 'float32')),
      ),
    ).toBe(0);
    expect(at(0.5, tf.grad(tf.grad((x) => tf.relu(x))))).toBe(0);
  });

  it('is an error when nothing depends on it', () => {
    expect(() =>
      at(
        0.5,
        tf.grad(() => tf.scalar(1)),
      ),
    ).toThrow(/does not depend on the inputs/);
  });

  it('is left out by variableGrads', () => {
    const [used, unused] = [tf.variable(tf.scalar(3)), tf.variable(tf.scalar(4))];
    const { value, grads } = tf.variableGrads(() => tf.square(used) as tf.Scalar, [used, unused]);
    expect(grads[used.name]!.dataSync()[0]).toBe(6);
    tf.dispose([value, grads, used, unused]);
  });
});

/** x³, its x² taken as a constant by the gradient inside. */
function cubeByInnerGradient(x: tf.Tensor): tf.Tensor {
  const square = tf.square(x);
  return tf.mul(tf.grad((z) => tf.mul(z, square))(x), x);
}

describe('a nested gradient', () => {
  it('takes what was computed before it as a constant', () => {
    expect(at(2, cubeByInnerGradient)).toBe(8);
    expect(at(2, tf.grad(cubeByInnerGradient))).toBe(12);
  });

  it('leaves the outer tape usable after an error', () => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const caught = (x: tf.Tensor): tf.Tensor => {
      expect(() => tf.grad(() => tf.scalar(1))(x)).toThrow(/does not depend/);
      return tf.square(x);
    };
    expect(at(3, tf.grad(caught))).toBe(6);
  });
});

describe('customGrad', () => {
  it('keeps its own rule for first derivatives', () => {
    const reversed = custom((x) => ({ value: tf.square(x), gradFunc: (dy) => tf.neg(dy) }));
    expect(at(3, tf.grad(reversed))).toBe(-1);
  });

  it('is differentiated twice through a saved intermediate', () => {
    const cube = custom((x, save) => {
      const square = tf.square(x);
      save([square]);
      return { value: tf.mul(square, x), gradFunc: (dy, [saved]) => tf.mul(dy, tf.mul(saved!, 3)) };
    });
    expect(at(2, tf.grad(tf.grad(cube)))).toBeCloseTo(12, 5);
  });

  it('is differentiated twice through its saved output', () => {
    const exp = custom((x, save) => {
      const value = tf.exp(x);
      save([value]);
      return { value, gradFunc: (dy, [saved]) => tf.mul(dy, saved!) };
    });
    expect(at(1, tf.grad(tf.grad((x) => exp(tf.mul(x, 2)))))).toBeCloseTo(4 * Math.exp(2), 3);
  });

  it('may use its argument in the rule after the caller is done with it', () => {
    const square = custom((x) => ({ value: tf.square(x), gradFunc: (dy) => tf.mul(dy, tf.mul(x, 2)) }));
    expect(
      at(
        1,
        tf.grad((x) => square(tf.mul(x, 3))),
      ),
    ).toBe(18);
    expect(at(1, tf.grad(tf.grad((x) => square(tf.mul(x, 3)))))).toBe(18);
  });

  it('may return its argument', () => {
    const scaled = custom((x) => ({ value: x, gradFunc: (dy) => tf.mul(dy, 5) }));
    expect(
      at(
        2,
        tf.grad((x) => tf.square(scaled(x))),
      ),
    ).toBe(20);
  });

  it('may differentiate in its rule, as recomputation does', () => {
    const recomputed = custom((x) => ({
      value: tf.exp(tf.sin(x)),
      gradFunc: (dy) => tf.grad((z) => tf.exp(tf.sin(z)))(x, dy),
    }));
    const expected = Math.exp(Math.sin(1)) * (Math.cos(1) ** 2 - Math.sin(1));
    expect(
      at(
        1,
        tf.grad((x) => tf.square(recomputed(x))),
      ),
    ).toBeCloseTo(2 * Math.exp(2 * Math.sin(1)) * Math.cos(1), 4);
    expect(at(1, tf.grad(tf.grad(recomputed)))).toBeCloseTo(expected, 4);
  });
});

/** How many tensors exist when the walk back through so many layers reaches its end. */
function tensorsAtTheEnd(numLayers: number): number {
  let seen = 0;
  const probe = custom((x) => ({
    value: tf.square(x),
    gradFunc: (dy) => {
      seen = tf.memory().numTensors;
      return tf.mul(dy, x);
    },
  }));
  const layers = (x: tf.Tensor): tf.Tensor => {
    let y = probe(x);
    for (let i = 0; i < numLayers; i++) y = tf.tanh(y);
    return y;
  };
  at(1, tf.grad(layers));
  return seen;
}

describe('ownership', () => {
  it('disposes everything but the results', () => {
    const x = tf.tensor1d([1, 2, 3]);
    const run = (): void => tf.dispose(tf.grad((y) => tf.sum(tf.tanh(tf.mul(y, y))))(x));
    run();
    const before = tf.memory().numTensors;
    run();
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });

  it('frees gradients and saved tensors on the way back', () => {
    expect(tensorsAtTheEnd(50)).toBe(tensorsAtTheEnd(5));
  });

  it('leaves a dy that the caller gave, and tensors that a rule returned, alone', () => {
    const [x, dy, mine] = [tf.scalar(2), tf.scalar(7), tf.scalar(9)];
    const constantRule = custom((y) => ({ value: tf.square(y), gradFunc: () => mine }));
    const gradient = tf.grad((y) => tf.add(constantRule(y), constantRule(y)))(x, dy);
    const same = tf.grad((y) => y.clone())(x, dy);
    expect([gradient.dataSync()[0], same.dataSync()[0], dy.dataSync()[0], mine.dataSync()[0]]).toEqual([
      18, 7, 7, 9,
    ]);
    tf.dispose([x, dy, mine, gradient, same]);
  });

  it('frees the tape when the function throws', () => {
    const x = tf.scalar(1);
    const before = tf.memory().numTensors;
    const failing = (): tf.Tensor =>
      tf.grad((y) => {
        tf.exp(y);
        throw new Error('no');
      })(x);
    expect(failing).toThrow('no');
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});
