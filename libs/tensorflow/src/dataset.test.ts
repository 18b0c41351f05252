import { describe, expect, test } from 'vitest';
import { attr } from './attr.ts';
import { DataType } from './data-type.ts';
import { failure, int64, only, protos, start, values } from './test-support.ts';

const binding = start();
const types = attr.typeList([DataType.int64]);

/** An iterator over 0 .. count - 1 in batches, made of TensorFlow's own dataset ops; each batch takes `sleepMs`. */
function iterate(count: number, batch: number, sleepMs = 0): number {
  const scalars = { output_types: types, output_shapes: attr.shapeList([[]]) };
  const vectors = { output_types: types, output_shapes: attr.shapeList([[-1]]) };
  const keep = binding.createTensor([], DataType.bool, Uint8Array.of(0));
  const range = only(
    binding.executeOp('RangeDataset', protos(scalars), [int64(0), int64(count), int64(1)], 1),
  );
  let data = only(binding.executeOp('BatchDatasetV2', protos(vectors), [range, int64(batch), keep], 1));
  if (sleepMs > 0)
    data = only(binding.executeOp('SleepDataset', protos(vectors), [data, int64(sleepMs * 1000)], 1));
  const iterator = only(binding.executeOp('AnonymousIteratorV3', protos(vectors), [], 1));
  binding.executeOp('MakeIterator', [], [data, iterator], 0);
  return iterator;
}

function next(iterator: number, cancellation?: number) {
  const attrs = protos({ output_types: types, output_shapes: attr.shapeList([[-1]]) });
  const options = cancellation === undefined ? {} : { cancellation };
  return binding.executeOpAsync('IteratorGetNext', attrs, [iterator], 1, { lane: 'input', ...options });
}

describe('a dataset iterator', () => {
  test('gives its batches in order, then OUT_OF_RANGE', async () => {
    const iterator = iterate(5, 2);
    const batches = [await next(iterator), await next(iterator), await next(iterator)];
    expect(batches.map((outputs) => values(only(outputs)))).toEqual([[0, 1], [2, 3], [4]]);
    expect(await failure(() => next(iterator))).toMatchObject({ code: 11, codeName: 'OUT_OF_RANGE' });
  });

  test('keeps the order of requests made ahead', async () => {
    const iterator = iterate(8, 2);
    const requests = [next(iterator), next(iterator), next(iterator), next(iterator)];
    const batches = await Promise.all(requests);
    expect(batches.map((outputs) => values(only(outputs))[0])).toEqual([0, 2, 4, 6]);
  });

  test('does not hold up the event loop or the compute lane while it waits', async () => {
    const iterator = iterate(4, 2, 250);
    let done = false;
    const batch = next(iterator).finally(() => (done = true));
    await binding.executeOpAsync('NoOp', [], [], 0);
    expect(done).toBe(false);
    expect(values(only(await batch))).toEqual([0, 1]);
  });

  test('stops waiting when it is cancelled', async () => {
    const iterator = iterate(4, 2, 20_000);
    const cancellation = binding.newCancellation();
    const request = failure(() => next(iterator, cancellation));
    setTimeout(() => binding.cancel(cancellation), 30);
    expect((await request).codeName).toBe('CANCELLED');
  });

  test('may be deleted while a request waits', async () => {
    const iterator = iterate(4, 2, 100);
    const request = next(iterator);
    binding.deleteTensor(iterator);
    expect(values(only(await request))).toEqual([0, 1]);
  });
});
