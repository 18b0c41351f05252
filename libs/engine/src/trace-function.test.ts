import * as tf from '@tensorflow/tfjs-core';
import { attr, DataType } from '@kiln/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { conditional } from './conditional.ts';
import { memory } from './memory.ts';
import { rawOp, rawOpAsync } from './raw-op.ts';
import { readTree } from './read-tree.ts';
import { startEngine } from './start-engine.ts';
import { type TracedFunction, traceFunction } from './trace-function.ts';

beforeAll(() => startEngine());

const long = (n: number): tf.Tensor =>
  rawOp('Cast', [tf.scalar(n, 'int32')], { DstT: attr.type(DataType.int64) })[0]!;

/** The elements of Range(0, n) mapped by `fn`, through tf.data. */
async function mapRange(n: number, fn: TracedFunction, captured: tf.Tensor[] = []): Promise<number[][]> {
  const shapes = {
    output_shapes: attr.list([attr.shape([])]),
    output_types: attr.list([attr.type(DataType.int64)]),
  };
  const mapped = {
    output_types: attr.list(fn.outputs.map(({ dtype }) => attr.type(dtype))),
    output_shapes: attr.list(fn.outputs.map(({ shape }) => attr.shape(shape))),
  };
  const [range] = rawOp('RangeDataset', [long(0), long(n), long(1)], shapes);
  const [dataset] = rawOp('MapDataset', [range!, captured], { f: attr.func(fn.name), ...mapped });
  const [iterator] = rawOp('AnonymousIteratorV3', [], mapped);
  rawOp('MakeIterator', [dataset!, iterator!]);
  const elements: number[][] = [];
  for (let i = 0; i < n; i++) {
    const [element] = await rawOpAsync('IteratorGetNext', [iterator!], mapped, { lane: 'input' });
    elements.push(Array.from((await readTree(element!)).get('') as Float32Array));
  }
  await expect(rawOpAsync('IteratorGetNext', [iterator!], mapped, { lane: 'input' })).rejects.toMatchObject({
    code: 11,
  });
  return elements;
}

describe('a traced function', () => {
  it('maps a dataset, with tfjs ops, constants and captured tensors inside', async () => {
    const table = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const fn = traceFunction(
      'row',
      (i, rows) => [
        tf.add(tf.gather(rows!, rawOp('Cast', [i!], { DstT: attr.type(DataType.int32) })[0]!), 0.5),
      ],
      [{ shape: [], tfDtype: DataType.int64 }],
      [table],
    );
    expect(fn.outputs).toEqual([{ shape: [2], dtype: DataType.float }]);
    expect(await mapRange(3, fn, [table])).toEqual([
      [1.5, 2.5],
      [3.5, 4.5],
      [5.5, 6.5],
    ]);
    fn.dispose();
  });

  it('may have shapes that are known in part or not at all', () => {
    const fn = traceFunction(
      'images',
      (bytes, image) => {
        const decoded = rawOp('DecodePng', [bytes!], { channels: attr.int(3) })[0]!;
        const scaled = tf.div(tf.cast(decoded, 'float32'), 255);
        return [
          scaled,
          rawOp('EnsureShape', [image!], { shape: attr.shape([8, -1, 3]) })[0]!,
          bytes!,
          bytes!,
        ];
      },
      [
        { shape: [], tfDtype: DataType.string },
        { shape: null, tfDtype: DataType.float },
      ],
    );
    expect(fn.outputs.map(({ shape }) => shape)).toEqual([[-1, -1, 3], [8, -1, 3], [], []]);
    fn.dispose();
  });

  it('refuses tensors that it was not given, and leaves nothing behind', () => {
    const outside = tf.add(tf.scalar(1), 1);
    const before = memory();
    expect(() => traceFunction('f', (x) => [tf.add(x!, outside)], [{ shape: [], tfDtype: 1 }])).toThrow(
      /a tensor from outside is used in a traced function; pass it in as an argument, at .*trace-function\.test\.ts:\d+$/,
    );
    expect(() => traceFunction('f', ((x: tf.Tensor) => x) as never, [{ shape: [], tfDtype: 1 }])).toThrow(
      'must return an array',
    );
    expect({ ...memory(), residentBytes: 0 }).toEqual({ ...before, residentBytes: 0 });
  });
});

const pick = (yes: boolean) =>
  conditional(
    tf.scalar(yes),
    (x) => [tf.mul(x!, 2)],
    (x) => [x!],
    [tf.scalar(4)],
  )[0]!.dataSync()[0];

describe('a conditional', () => {
  it('chooses at run time inside a dataset, and its branches go with the function', async () => {
    const { functions } = memory().native;
    const fn = traceFunction(
      'evenOdd',
      (i) => {
        const x = rawOp('Cast', [i!], { DstT: attr.type(DataType.float) })[0]!;
        const even = tf.equal(tf.mod(x, 2), 0);
        return conditional(
          even,
          (y) => [tf.mul(y!, 10)],
          (y) => [tf.neg(y!)],
          [x],
        );
      },
      [{ shape: [], tfDtype: DataType.int64 }],
    );
    expect(memory().native.functions).toBe(functions + 3);
    expect(await mapRange(4, fn)).toEqual([[0], [-1], [20], [-3]]);
    fn.dispose();
    expect(memory().native.functions).toBe(functions);
  });

  it('works eagerly', () => {
    const { functions } = memory().native;
    expect([pick(true), pick(false)]).toEqual([8, 4]);
    expect(memory().native.functions).toBe(functions);
  });

  it('knows only the part of a shape that both branches share', () => {
    const fn = traceFunction(
      'either',
      (x) =>
        conditional(
          tf.greater(tf.sum(x!), 0),
          (y) => [y!],
          (y) => [tf.concat([y!, y!], 1)],
          [x!],
        ),
      [{ shape: [2, 3], tfDtype: DataType.float }],
    );
    expect(fn.outputs).toEqual([{ shape: [2, -1], dtype: DataType.float }]);
    fn.dispose();
  });

  it('refuses branches that return different dtypes', () => {
    const before = memory().native.functions;
    expect(() =>
      conditional(
        tf.scalar(true),
        (x) => [x!],
        (x) => [tf.cast(x!, 'int32')],
        [tf.scalar(1)],
      ),
    ).toThrow('the branches of a conditional return dtypes [float] and [int32]');
    expect(memory().native.functions).toBe(before);
  });
});

describe('rawOp', () => {
  it('takes list inputs as arrays and says what an op takes', () => {
    const parts = [tf.tensor1d([1]), tf.tensor1d([2])];
    expect(Array.from(rawOp('ConcatV2', [parts, tf.scalar(0, 'int32')])[0]!.dataSync())).toEqual([1, 2]);
    expect(() => rawOp('ConcatV2', parts)).toThrow(
      '[engine] op ConcatV2 takes (values: a list, axis: a tensor), got (a tensor, a tensor)',
    );
    expect(() => rawOp('Concatenate', [])).toThrow("TensorFlow has no op named 'Concatenate'");
  });

  it('gives every output', () => {
    const outputs = rawOp('TopKV2', [tf.tensor1d([1, 3, 2]), tf.scalar(2, 'int32')]);
    expect(outputs.map((output) => Array.from(output.dataSync()))).toEqual([
      [3, 2],
      [1, 2],
    ]);
  });

  it('is freed by its signal when it waits', async () => {
    const [queue] = rawOp('FIFOQueueV2', [], { component_types: attr.list([attr.type(DataType.float)]) });
    const controller = new AbortController();
    const waiting = rawOpAsync(
      'QueueDequeueV2',
      [queue!],
      { component_types: attr.list([attr.type(DataType.float)]) },
      {
        lane: 'input',
        signal: controller.signal,
      },
    );
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ code: 1 });
    expect(memory().native.pending).toBe(0);
  });
});
