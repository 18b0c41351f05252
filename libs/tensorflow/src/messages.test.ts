import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { attr } from './attr.ts';
import { configProto } from './config-proto.ts';
import { DataType, dataTypeBytes, dataTypeName } from './data-type.ts';
import { TensorFlowError } from './error.ts';
import { tensorflow } from './gen/tensorflow.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('attributes are encoded as TensorFlow does', () => {
  test.each([
    ['type', attr.type(DataType.float), '3001'],
    ['int', attr.int(-1), '18ffffffffffffffffff01'],
    ['zero', attr.int(0), '1800'],
    ['float', attr.float(0.5), '250000003f'],
    ['bool', attr.bool(false), '2800'],
    ['string', attr.string('ab'), '12026162'],
    ['bytes', attr.string(Uint8Array.of(0, 255)), '120200ff'],
    ['shape', attr.shape([2, -1]), '3a1112020802120b08ffffffffffffffffff01'],
    ['scalar shape', attr.shape([]), '3a00'],
    ['unknown shape', attr.shape(null), '3a021801'],
    ['function', attr.func('f'), '52030a0166'],
    ['function with attributes', attr.func('f', { T: attr.type(1) }), '520c0a016612070a015412023001'],
    ['types', attr.typeList([1, 9]), '0a0432020109'],
    ['empty list', attr.list([]), '0a00'],
    ['strings', attr.stringList(['a', 'b']), '0a06120161120162'],
    ['shapes', attr.shapeList([[], null]), '0a063a003a021801'],
    ['functions', attr.funcList(['f']), '0a054a030a0166'],
  ])('%s', (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  test('a list may be made of single values', () => {
    expect(hex(attr.list([attr.type(1), attr.type(9)]))).toBe(hex(attr.typeList([1, 9])));
    expect(hex(attr.list([attr.shape([2]), attr.shape(null)]))).toBe(hex(attr.shapeList([[2], null])));
  });
});

test('a context configuration has the fields that were asked for', () => {
  const config = tensorflow.ConfigProto.decode(
    configProto({
      intraOpThreads: 3,
      interOpThreads: 2,
      deviceCount: { CPU: 2 },
      gpu: { growMemory: true, visible: [1, 2] },
      mixedPrecision: 'bfloat16',
      optimizer: false,
    }),
  );
  expect(config).toMatchObject({
    intraOpParallelismThreads: 3,
    interOpParallelismThreads: 2,
    deviceCount: { CPU: 2 },
  });
  expect(config.gpuOptions).toMatchObject({ allowGrowth: true, visibleDeviceList: '1,2' });
  const rewrite = config.graphOptions?.rewriteOptions;
  expect(rewrite).toMatchObject({
    disableMetaOptimizer: true,
    autoMixedPrecision: 0,
    autoMixedPrecisionCpu: 0,
    autoMixedPrecisionOnednnBfloat16: 1,
  });
});

test('data types have names and sizes', () => {
  expect([dataTypeName(1), dataTypeName(14), dataTypeName(99)]).toEqual(['float', 'bfloat16', 'type 99']);
  expect([dataTypeBytes(DataType.double), dataTypeBytes(DataType.string), dataTypeBytes(99)]).toEqual([
    8, 0, 0,
  ]);
});

test('an error carries code, name and text', () => {
  const error = new TensorFlowError(10, 'peer lost');
  expect(error).toMatchObject({ code: 10, codeName: 'ABORTED', detail: 'peer lost' });
  expect(String(error)).toBe('TensorFlowError: [tensorflow] ABORTED: peer lost');
  expect(new TensorFlowError(99, 'odd').codeName).toBe('UNKNOWN');
});

test('the generated code is what the proto file gives', () => {
  const lib = fileURLToPath(new URL('..', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'kiln-gen-'));
  try {
    execFileSync(process.execPath, [join(lib, 'tools/generate.mjs'), folder]);
    for (const name of ['tensorflow.js', 'tensorflow.d.ts']) {
      expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(join(lib, 'src/gen', name), 'utf8'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
