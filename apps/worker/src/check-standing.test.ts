import type { SampleVariables } from '@kiln/training';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { checkStanding } from './check-standing.ts';

const variables = (stats: Record<string, tf.Tensor>): SampleVariables => ({
  networks: { mapping: { params: {}, stats: {} }, G: { params: {}, stats } },
  declared: {},
});

it('asks for networks that keep batch statistics', () => {
  const mean = { rank: 1 } as tf.Tensor;
  expect(() => checkStanding('digits-dcgan', 4, variables({ 'norm.mean': mean }))).not.toThrow();
  expect(() => checkStanding('stylegan-digits', 0, variables({}))).not.toThrow();
  expect(() => checkStanding('stylegan-digits', 4, variables({}))).toThrow(
    'the networks of stylegan-digits keep no batch statistics, which --standing 4 would estimate anew; leave it out',
  );
});
