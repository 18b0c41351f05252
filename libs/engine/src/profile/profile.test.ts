import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { memory } from '../memory.ts';
import { nameScope } from '../name-scope.ts';
import { random } from '../random.ts';
import { startEngine } from '../start-engine.ts';
import { StateCell } from '../state-cell.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

const body = (state: { w: tf.Tensor }, x: tf.Tensor) => {
  const y = nameScope('slow', () => tf.matMul(x as tf.Tensor2D, state.w as tf.Tensor2D));
  return {
    state: { w: nameScope('update', () => tf.sub(state.w, tf.mul(y, 0.1))) },
    outputs: { sum: tf.sum(y) },
  };
};

describe('a profiled step', () => {
  it('does what the step does, to the bit, and tells when each op ran', async () => {
    const step = compile('profiled', body);
    const start = () => new StateCell({ w: random.normal([256, 256], random.key(1, 'w')) });
    const x = random.normal([256, 256], random.key(1, 'x'));
    const [cell, other] = [start(), start()];
    const before = (performance.timeOrigin + performance.now()) * 1000;
    const { outputs, ops } = await step.profile(cell, x);
    const after = (performance.timeOrigin + performance.now()) * 1000;
    const expected = await step.run(other, x);
    expect(await outputs.sum.data()).toEqual(await expected.sum.data());
    expect(await cell.value.w.data()).toEqual(await other.value.w.data());

    const product = ops.find(({ name }) => name.startsWith('slow/'));
    expect(product).toMatchObject({
      op: expect.stringContaining('MatMul'),
      device: expect.stringContaining('CPU:0'),
    });
    expect(product!.start).toBeGreaterThan(before - 1000);
    expect(product!.start + product!.duration).toBeLessThan(after + 1000);
    const update = ops.find(({ name }) => name.startsWith('update/Sub'))!;
    expect(update.start).toBeGreaterThanOrEqual(product!.start + product!.duration);
    step.dispose();
  });

  it('leaves nothing behind', async () => {
    const cell = new StateCell({ w: tf.ones([4, 4]) });
    const x = tf.ones([4, 4]);
    const profileTwice = async () => {
      const step = compile('profiled', body);
      for (let i = 0; i < 2; i++) (await step.profile(cell, x)).outputs.sum.dispose();
      step.dispose();
    };
    // Afterwards both tensors are in TensorFlow's memory.
    await profileTwice();
    const before = memory();
    await profileTwice();
    expect(memory().native).toEqual(before.native);
    expect(memory().numTensors).toBe(before.numTensors);
  });

  it('shows what XLA compiled piece by piece, with the random numbers of the plain step between', async () => {
    const noisy = (state: { w: tf.Tensor }, x: tf.Tensor) => {
      const noise = random.normalRows([8], { first: tf.scalar(2, 'int32'), count: 8, total: 16 }, key);
      return body(state, tf.add(x, tf.tanh(tf.mul(noise, 0.5))));
    };
    const key = random.key(1, 'noise');
    const x = random.normal([8, 8], random.key(1, 'x'));
    const after = async (xla: boolean | 'clusters') => {
      const step = compile('noisy', noisy, { xla });
      const cell = new StateCell({ w: random.normal([8, 8], random.key(1, 'w')) });
      const { outputs, ops } = await step.profile(cell, x);
      await step.run(cell, x);
      const found = { sum: [...(await outputs.sum.data())], kinds: new Set(ops.map(({ op }) => op)) };
      step.dispose();
      return { ...found, w: [...(await cell.value.w.data())] };
    };
    const [plain, pieces] = [await after(false), await after('clusters')];
    expect([...pieces.kinds]).toContain('_XlaRun');
    expect(pieces.sum).toEqual(plain.sum.map((each): unknown => expect.closeTo(each, 4)));
    expect(pieces.w).toEqual(plain.w.map((each): unknown => expect.closeTo(each, 4)));
  });

  it('is refused where XLA compiles the whole', async () => {
    const step = compile('profiled', body, { xla: true });
    await expect(step.profile(new StateCell({ w: tf.ones([4, 4]) }), tf.ones([4, 4]))).rejects.toThrow(
      'compiled with XLA, which leaves no ops to time',
    );
  });
});
