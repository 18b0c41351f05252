import { describe, expect, test } from 'vitest';
import { failure, float, makeQueue, only, start, values, wait } from './test-support.ts';

const binding = start();

describe('a lane', () => {
  test('settles its calls in the order they were made', async () => {
    const order: string[] = [];
    const queue = makeQueue('order');
    const first = queue.take().then(() => order.push('first'));
    const second = binding.executeOpAsync('Neg', [], [float([], [1])], 1).then(() => order.push('second'));
    await wait(50);
    expect(order).toEqual([]);
    expect(binding.stats().pending).toBe(2);
    queue.put(1);
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    expect(binding.stats().pending).toBe(0);
  });

  test('does not wait for the other lane, nor do reads wait for a step', async () => {
    const queue = makeQueue('independent');
    const blocked = queue.take();
    const x = float([1], [4]);
    expect(values(only(await binding.executeOpAsync('Neg', [], [x], 1, { lane: 'input' })))).toEqual([-4]);
    expect(await binding.tensorData(x)).toEqual(Float32Array.of(4));
    queue.put(1);
    await blocked;
  });

  test('goes on after a failure', async () => {
    const bad = failure(() => binding.executeOpAsync('MatMul', [], [float([1], [1]), float([1], [1])], 1));
    const good = binding.executeOpAsync('Neg', [], [float([], [1])], 1);
    expect((await bad).codeName).toBe('INVALID_ARGUMENT');
    expect(values(only(await good))).toEqual([-1]);
  });

  test('takes more waiting calls than libuv has threads', async () => {
    const queue = makeQueue('many');
    const taken = Promise.all(Array.from({ length: 16 }, () => queue.take()));
    for (let i = 0; i < 16; i++) queue.put(i);
    const numbers = (await taken).map((outputs) => values(only(outputs))[0]);
    expect(numbers).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });
});

test('the event loop is alive while a call blocks', async () => {
  const queue = makeQueue('alive');
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const blocked = queue.take();
  await wait(300);
  clearInterval(timer);
  queue.put(1);
  await blocked;
  expect(ticks).toBeGreaterThan(15);
});

test('an id deleted while a call uses it does no harm', async () => {
  const queue = makeQueue('deleted');
  const blocked = queue.take();
  const x = float([3], [1, 2, 3]);
  const waiting = binding.executeOpAsync('Neg', [], [x], 1);
  const read = binding.tensorData(x);
  binding.deleteTensor(x);
  binding.deleteTensor(queue.id);
  expect(await read).toEqual(Float32Array.of(1, 2, 3));
  const cancellation = binding.newCancellation();
  binding.deleteCancellation(cancellation);
  const again = makeQueue('deleted');
  again.put(1);
  await blocked;
  expect(values(only(await waiting))).toEqual([-1, -2, -3]);
});

describe('cancellation', () => {
  test('ends a blocked call with CANCELLED', async () => {
    const queue = makeQueue('cancelled');
    const cancellation = binding.newCancellation();
    const blocked = failure(() => queue.take({ cancellation, lane: 'input' }));
    await wait(20);
    binding.cancel(cancellation);
    expect(await blocked).toMatchObject({ code: 1, codeName: 'CANCELLED' });
    binding.deleteCancellation(cancellation);
  });

  test('ends calls that have not started, and later ones with the same id', async () => {
    const queue = makeQueue('waiting');
    const cancellation = binding.newCancellation();
    const options = { cancellation };
    const calls = [
      queue.take(options),
      queue.take(options),
      binding.executeOpAsync('NoOp', [], [], 0, options),
    ];
    binding.cancel(cancellation);
    calls.push(binding.executeOpAsync('NoOp', [], [], 0, options));
    const errors = await Promise.all(calls.map((call) => failure(() => call)));
    expect(errors.map((error) => error.codeName)).toEqual(Array(4).fill('CANCELLED'));
  });

  test('leaves other calls alone', async () => {
    const queue = makeQueue('others');
    const cancellation = binding.newCancellation();
    const blocked = queue.take({ lane: 'input' });
    binding.cancel(cancellation);
    queue.put(2);
    expect(values(only(await blocked))).toEqual([2]);
  });

  test('may be deleted while a call holds it', async () => {
    const queue = makeQueue('held');
    const cancellation = binding.newCancellation();
    const blocked = queue.take({ cancellation });
    binding.deleteCancellation(cancellation);
    expect((await failure(() => binding.cancel(cancellation))).detail).toBe(
      `cancellation ${cancellation} was deleted`,
    );
    queue.put(3);
    expect(values(only(await blocked))).toEqual([3]);
  });
});
