import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backendName } from '../kernel-layer.ts';
import { startEngine } from '../start-engine.ts';
import { stopKernels } from './stops.ts';
import { allCases } from './testing/cases.ts';
import { stockOps } from './testing/stock-ops.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

/** Kernels that need no rule, by reason. */
const withoutRule: Record<string, string> = {
  'the result is a mask':
    'All Any Equal Greater GreaterEqual IsFinite IsInf IsNan Less LessEqual LogicalAnd LogicalNot LogicalOr NotEqual',
  'the result is an index, a count or a text':
    'ArgMax ArgMin Bincount BroadcastArgs NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 StaticRegexReplace',
  'tfjs wraps it in a customGrad with a rule': 'FusedConv2D FusedDepthwiseConv2D _FusedMatMul',
  'our rules compute these gradients in another way':
    'Dilation2DBackpropFilter Dilation2DBackpropInput LRNGrad',
  'the shape of the result depends on the values': 'Unique',
};

describe('the gradient registry', () => {
  it('has a rule for every kernel, or a reason to have none', () => {
    const excused = new Set(Object.values(withoutRule).flatMap((names) => names.split(' ')));
    const kernels = tf.getKernelsForBackend(backendName).map(({ kernelName }) => kernelName);
    expect(
      kernels.filter((name) => !tf.getGradient(name) && !stopKernels.has(name) && !excused.has(name)),
    ).toEqual([]);
    expect(kernels.length).toBeGreaterThan(150);
  });
});

describe('the ops tried in stock tfjs', () => {
  it('are 152, and a case checks each', () => {
    const cases = new Set(allCases.map(({ name }) => name));
    expect(new Set(stockOps.map(({ name }) => name)).size).toBe(152);
    expect(stockOps.filter(({ caseName }) => !cases.has(caseName))).toEqual([]);
  });
});
