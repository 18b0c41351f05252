import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from './index.ts';
import { groups } from './testing/cases.ts';
import { check } from './testing/check.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
  registerGradients();
});

for (const [group, cases] of Object.entries(groups)) {
  describe(group, () => {
    for (const example of cases) {
      it(example.name, () => {
        const { first, second } = check(example);
        expect(first).toBeLessThan(1e-3);
        expect(second).toBeLessThan(1e-3);
      });
    }
  });
}
