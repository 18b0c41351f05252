import * as tf from '@tensorflow/tfjs-core';
import { attr, DataType, opDefs } from '@kiln/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { EngineError } from './errors.ts';
import { nameScope } from './name-scope.ts';
import { OpInfo } from './op-table.ts';
import { rawOp } from './raw-op.ts';
import { readTree } from './read-tree.ts';
import { tfType } from './specs.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

const cast = (x: tf.Tensor, dtype: number): tf.Tensor => rawOp('Cast', [x], { DstT: attr.type(dtype) })[0]!;

const info = (op: string): OpInfo => new OpInfo(opDefs().get(op)!);

function print(x: tf.Tensor, ordered?: boolean): tf.Tensor {
  rawOp('PrintV2', [tf.scalar('a', 'string')], {}, { ordered });
  return x;
}

describe('startEngine', () => {
  it('may be called again with the same options or none, not with others', () => {
    startEngine();
    startEngine({ intraOpThreads: 1, interOpThreads: 2 });
    expect(() => startEngine({ intraOpThreads: 2 })).toThrow(EngineError);
    expect(() => startEngine({ device: 'tpu' })).toThrow("device must be 'cpu', 'gpu' or 'gpu:N', got 'tpu'");
  });
});

describe('dtypes that tfjs does not know', () => {
  it('keep their true dtype through the kernels, and are read in the label', () => {
    const a = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    for (const dtype of [DataType.bfloat16, DataType.half, DataType.double]) {
      const x = cast(a, dtype);
      const y = tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D);
      expect([x.dtype, tfType(y), Array.from(y.dataSync())]).toEqual(['float32', dtype, [7, 10, 15, 22]]);
    }
    const small = cast(tf.tensor1d([1, 250]), DataType.uint8);
    expect([small.dtype, small.dataSync()]).toEqual(['int32', Int32Array.of(1, 250)]);
  });

  it('are read without blocking, too', async () => {
    const x = cast(tf.tensor1d([1.5, -2]), DataType.bfloat16);
    expect(await x.data()).toEqual(Float32Array.of(1.5, -2));
    expect((await readTree({ x })).get('x')).toEqual(Uint8Array.of(0xc0, 0x3f, 0, 0xc0));
    expect(await tf.tensor1d(['a', 'ü']).data()).toEqual(['a', 'ü']);
    expect(await tf.tensor1d([true, false]).data()).toEqual(Uint8Array.of(1, 0));
  });
});

describe('gather', () => {
  it('is traced, and checks its indices when it runs', async () => {
    const step = compile('gather', (state: tf.Tensor, i: tf.Tensor) => ({
      state,
      outputs: tf.gather(state, i as tf.Tensor1D, 1),
    }));
    const cell = new StateCell(
      tf.tensor2d([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    );
    const out = await step.run(cell, tf.tensor1d([2, 0], 'int32'));
    expect(out.arraySync()).toEqual([
      [3, 1],
      [6, 4],
    ]);
    await expect(step.run(cell, tf.tensor1d([0, 3], 'int32'))).rejects.toThrow(
      'indices[1] = 3 is not in [0, 3)',
    );
    step.dispose();
  });
});

describe('a traced graph', () => {
  const spec = { shape: [], dtype: 'float32' } as const;
  const graphOf = (body: (x: tf.Tensor) => tf.Tensor): string => {
    const step = compile('graph', (state: Record<string, tf.Tensor>, x: tf.Tensor) => ({
      state,
      outputs: body(x),
    }));
    const text = Buffer.from(step.trace({}, spec).graphDef).toString('latin1');
    step.dispose();
    return text;
  };

  it('has the name scopes of the code', () => {
    const graph = graphOf((x) => nameScope('G', () => nameScope('block 1', () => tf.neg(tf.neg(x)))));
    expect(graph).toContain('G/block_1/Neg');
    expect(graph).toContain('G/block_1/Neg_1');
  });

  it('keeps stateful ops in the order of the program, except those that ask not to be', () => {
    expect(graphOf((x) => print(print(x)))).toContain('^PrintV2');
    expect(graphOf((x) => print(print(x, false), false))).not.toContain('^PrintV2');
  });

  it('runs stateful ops whose results nobody uses', async () => {
    const [table] = rawOp('HashTableV2', [], {
      shared_name: attr.string('counts'),
      key_dtype: attr.type(DataType.string),
      value_dtype: attr.type(DataType.int64),
    });
    const step = compile('effects', (state: tf.Tensor, x: tf.Tensor) => {
      rawOp('LookupTableImportV2', [
        table!,
        tf.tensor1d(['a']),
        rawOp('Reshape', [cast(x, DataType.int64), tf.tensor1d([1], 'int32')])[0]!,
      ]);
      return { state, outputs: {} };
    });
    await step.run(new StateCell(tf.scalar(0)), tf.scalar(7));
    const [size] = rawOp('LookupTableSizeV2', [table!]);
    expect((await readTree(size!)).get('')).toEqual(BigInt64Array.of(1n));
    step.dispose();
  });
});

describe('the table of ops', () => {
  it('groups flat inputs into the lists of an op', () => {
    expect(info('ConcatV2').group([1, 2, 3, 4], [])).toEqual([[1, 2, 3], 4]);
    expect(info('AddV2').group([1, 2], [])).toEqual([1, 2]);
    expect(() => info('AddV2').group([1], [])).toThrow('op AddV2 takes 2 inputs, got 1 tensors');
    expect(['N', 'T', 'Tidx', 'made_up', '_hint'].map((name) => info('ConcatV2').takes(name))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});
