/** The five kinds of blocks (Szegedy et al., 2016, figures 5 to 7 and 10), named as in torchvision. Branches are in its order. */
import type { Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { unit } from './unit.ts';

/** x: `[batch, height, width, in]` -> a pooled map of the same shape. */
export type Pool = (x: tf.Tensor) => tf.Tensor;

const concat = (...branches: tf.Tensor[]): tf.Tensor => tf.concat(branches, 3);
const halved = { kernel: [3, 3], stride: 2, padding: 'valid' } as const;
const [k3x3, k5x5, k1x7, k7x1, k1x3, k3x1] = (
  [
    [3, 3],
    [5, 5],
    [1, 7],
    [7, 1],
    [1, 3],
    [3, 1],
  ] as const
).map((kernel) => ({ kernel }));

export const maxPoolHalved: Pool = (x) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'valid');

/** Figure 5: 35x35, one 5x5 beside two 3x3. */
export function blockA(s: Scope, x: tf.Tensor, poolFilters: number, pool: Pool): tf.Tensor {
  const one = unit(s, 'branch1x1', x, 64);
  let five = unit(s, 'branch5x5_1', x, 48);
  five = unit(s, 'branch5x5_2', five, 64, k5x5);
  let three = unit(s, 'branch3x3dbl_1', x, 64);
  three = unit(s, 'branch3x3dbl_2', three, 96, k3x3);
  three = unit(s, 'branch3x3dbl_3', three, 96, k3x3);
  return concat(one, five, three, unit(s, 'branch_pool', pool(x), poolFilters));
}

/** Figure 10: 35x35 to 17x17. */
export function blockB(s: Scope, x: tf.Tensor): tf.Tensor {
  const three = unit(s, 'branch3x3', x, 384, halved);
  let double = unit(s, 'branch3x3dbl_1', x, 64);
  double = unit(s, 'branch3x3dbl_2', double, 96, k3x3);
  double = unit(s, 'branch3x3dbl_3', double, 96, halved);
  return concat(three, double, maxPoolHalved(x));
}

/** Figure 6: 17x17, 7x7 kernels as products of 1x7 and 7x1. */
export function blockC(s: Scope, x: tf.Tensor, width: number, pool: Pool): tf.Tensor {
  const one = unit(s, 'branch1x1', x, 192);
  let seven = unit(s, 'branch7x7_1', x, width);
  seven = unit(s, 'branch7x7_2', seven, width, k1x7);
  seven = unit(s, 'branch7x7_3', seven, 192, k7x1);
  let double = unit(s, 'branch7x7dbl_1', x, width);
  double = unit(s, 'branch7x7dbl_2', double, width, k7x1);
  double = unit(s, 'branch7x7dbl_3', double, width, k1x7);
  double = unit(s, 'branch7x7dbl_4', double, width, k7x1);
  double = unit(s, 'branch7x7dbl_5', double, 192, k1x7);
  return concat(one, seven, double, unit(s, 'branch_pool', pool(x), 192));
}

/** 17x17 to 8x8. */
export function blockD(s: Scope, x: tf.Tensor): tf.Tensor {
  let three = unit(s, 'branch3x3_1', x, 192);
  three = unit(s, 'branch3x3_2', three, 320, halved);
  let seven = unit(s, 'branch7x7x3_1', x, 192);
  seven = unit(s, 'branch7x7x3_2', seven, 192, k1x7);
  seven = unit(s, 'branch7x7x3_3', seven, 192, k7x1);
  seven = unit(s, 'branch7x7x3_4', seven, 192, halved);
  return concat(three, seven, maxPoolHalved(x));
}

/** Figure 7: 8x8, with the filter bank widened rather than deepened. */
export function blockE(s: Scope, x: tf.Tensor, pool: Pool): tf.Tensor {
  const one = unit(s, 'branch1x1', x, 320);
  const three = unit(s, 'branch3x3_1', x, 384);
  const wide = [unit(s, 'branch3x3_2a', three, 384, k1x3), unit(s, 'branch3x3_2b', three, 384, k3x1)];
  let double = unit(s, 'branch3x3dbl_1', x, 448);
  double = unit(s, 'branch3x3dbl_2', double, 384, k3x3);
  const wider = [
    unit(s, 'branch3x3dbl_3a', double, 384, k1x3),
    unit(s, 'branch3x3dbl_3b', double, 384, k3x1),
  ];
  return concat(one, ...wide, ...wider, unit(s, 'branch_pool', pool(x), 192));
}
