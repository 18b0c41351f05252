/** Gradients of matrix products and Einstein sums. */
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.ts';
import { reshapeTo, sumTo } from './broadcasting.ts';
import { rule } from './rule.ts';

interface MatMulAttrs {
  transposeA: boolean;
  transposeB: boolean;
}

/** One operand's gradient: dy with the other operands, then spread along the labels that only it had. */
function einsumGrad(dy: tf.Tensor, operands: tf.Tensor[], equation: string, index: number): tf.Tensor {
  const [left, result] = equation.replaceAll(' ', '').split('->') as [string, string];
  const terms = left.split(',');
  const own = [...terms[index]!];
  if (equation.includes('.') || new Set(own).size < own.length) {
    throw new EngineError(
      'no-gradient',
      `einsum '${equation}' has no gradient: name every axis, and each once in an operand`,
    );
  }
  const others = operands.filter((_, i) => i !== index);
  const otherTerms = terms.filter((_, i) => i !== index);
  const present = own.filter(
    (label) => result.includes(label) || otherTerms.some((term) => term.includes(label)),
  );
  const partial = tf.einsum(`${[result, ...otherTerms].join(',')}->${present.join('')}`, dy, ...others);
  const shape = operands[index]!.shape;
  const kept = shape.map((size, axis) => (present.includes(own[axis]!) ? size : 1));
  return tf.broadcastTo(reshapeTo(partial, kept), shape);
}

export const products: tf.GradConfig[] = [
  rule<MatMulAttrs>('BatchMatMul', { inputs: ['a', 'b'] }, (dy, [a, b], { transposeA, transposeB }) => ({
    a: () =>
      sumTo(
        transposeA ? tf.matMul(b!, dy, transposeB, true) : tf.matMul(dy, b!, false, !transposeB),
        a!.shape,
      ),
    b: () =>
      sumTo(
        transposeB ? tf.matMul(dy, a!, true, transposeA) : tf.matMul(a!, dy, !transposeA, false),
        b!.shape,
      ),
  })),
  rule<{ equation: string }>('Einsum', { allInputs: true }, (dy, operands, { equation }) =>
    operands.map((_, i) => () => einsumGrad(dy, operands, equation, i)),
  ),
];
