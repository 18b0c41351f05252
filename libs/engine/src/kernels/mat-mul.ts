/**
 * tfjs-node multiplies two matrices as a batch of one, for which TensorFlow prepares oneDNN anew at every call: several
 * times as slow as its op for two matrices when they are small, as those of spectral normalisation are.
 */
import { attr } from '@kiln/tensorflow';
import { rawOp } from '../raw-op.ts';
import { kernel } from './kernel.ts';

export const matMul = kernel<{ transposeA: boolean; transposeB: boolean }>(
  'BatchMatMul',
  ({ a, b }, { transposeA, transposeB }) => {
    const [first, second] = [attr.bool(transposeA), attr.bool(transposeB)];
    return a!.rank === 2 && b!.rank === 2
      ? rawOp('MatMul', [a!, b!], { transpose_a: first, transpose_b: second })[0]!
      : rawOp('BatchMatMulV2', [a!, b!], { adj_x: first, adj_y: second })[0]!;
  },
);
