import { describe, expect, test } from 'vitest';
import { DataType } from './data-type.ts';
import { tensorflow } from './gen/tensorflow.js';
import { opDefs } from './op-defs.ts';
import { start } from './test-support.ts';

const binding = start();

describe('the definition of an op', () => {
  test('says how inputs form lists', () => {
    const concat = opDefs().get('ConcatV2')!;
    expect(concat.inputArgs).toMatchObject([
      { name: 'values', typeAttr: 'T', numberAttr: 'N', isList: true },
      { name: 'axis', typeAttr: 'Tidx', isList: false },
    ]);
    expect(opDefs().get('StatelessIf')!.inputArgs[1]).toMatchObject({
      name: 'input',
      typeListAttr: 'Tin',
      isList: true,
    });
  });

  test('gives fixed types, defaults and allowed types', () => {
    expect(
      opDefs()
        .get('MatMul')!
        .attrs.find((attr) => attr.name === 'transpose_a'),
    ).toEqual({
      name: 'transpose_a',
      type: 'bool',
      defaultValue: Buffer.from([0x28, 0]),
      allowedTypes: null,
    });
    const index = opDefs()
      .get('ConcatV2')!
      .attrs.find((attr) => attr.name === 'Tidx');
    expect(index!.allowedTypes).toEqual([DataType.int32, DataType.int64]);
    expect(opDefs().get('ReadFile')!.inputArgs[0]!.dtype).toBe(DataType.string);
  });

  test('tells stateful ops', () => {
    const stateful = ['RandomUniform', 'IteratorGetNext', 'Assert', 'MatMul', 'StatelessRandomUniform'];
    expect(stateful.map((op) => opDefs().get(op)!.isStateful)).toEqual([true, true, true, false, false]);
  });

  test('is absent for an unknown op', () => {
    expect(opDefs().get('NoSuchOp')).toBeUndefined();
    expect([opDefs().has('NoSuchOp'), opDefs().has('MatMul')]).toEqual([false, true]);
  });
});

test('the whole list has all of them', () => {
  const list = tensorflow.OpList.decode(binding.opList());
  expect(list.op!.length).toBeGreaterThan(1000);
  expect(list.op!.some((op) => op.name === 'MatMul')).toBe(true);
});
