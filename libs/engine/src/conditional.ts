/** A choice that TensorFlow makes when the function runs, so that only one branch costs anything. */
import type * as tf from '@tensorflow/tfjs-core';
import { attr, dataTypeName } from '@kiln/tensorflow';
import { EngineError } from './errors.ts';
import { runtime } from './runtime.ts';
import { tfType } from './specs.ts';
import { activeTrace } from './active-trace.ts';
import { type ResultSpec, type TracedFunction, traceFunction } from './trace-function.ts';

export type Branch = (...args: tf.Tensor[]) => tf.Tensor[];

/** What is known about the results whichever branch runs. */
function merge(branches: readonly TracedFunction[]): ResultSpec[] {
  const [then = [], otherwise = []] = branches.map(({ outputs }) => outputs);
  const [types, others] = [then, otherwise].map((outputs) =>
    outputs.map(({ dtype }) => dataTypeName(dtype)).join(', '),
  );
  if (types !== others) {
    throw new EngineError(
      'bad-result',
      `the branches of a conditional return dtypes [${types}] and [${others}]`,
    );
  }
  return then.map(({ shape: a, dtype }, i) => {
    const b = otherwise[i]?.shape ?? null;
    const shape =
      a === null || b === null || a.length !== b.length
        ? null
        : a.map((dim, axis) => (dim === b[axis] ? dim : -1));
    return { shape, dtype };
  });
}

/**
 * `predicate` is a bool scalar. Both branches get `args` and must return tensors of the same dtypes; whatever
 * else they need must be among `args`. No gradient flows through it: it is for data pipelines.
 */
export function conditional(
  predicate: tf.Tensor,
  then: Branch,
  otherwise: Branch,
  args: readonly tf.Tensor[],
): tf.Tensor[] {
  const { backend } = runtime();
  const specs = args.map((arg) => ({ shape: backend.shapeOf(arg), tfDtype: tfType(arg) }));
  const trace = activeTrace();
  const branches: TracedFunction[] = [];
  try {
    branches.push(traceFunction('then', then, specs));
    branches.push(traceFunction('else', otherwise, specs));
    const results = merge(branches);
    for (const { functionDef } of branches) trace?.copyFunction(functionDef);
    const [thenBranch, elseBranch] = branches.map(({ name }) => attr.func(name)) as [Uint8Array, Uint8Array];
    const tensors = backend.run(
      'StatelessIf',
      [predicate, args],
      [
        { name: 'Tout', proto: attr.list(results.map(({ dtype }) => attr.type(dtype))) },
        { name: 'then_branch', proto: thenBranch },
        { name: 'else_branch', proto: elseBranch },
        { name: 'output_shapes', proto: attr.list(results.map(({ shape }) => attr.shape(shape))) },
        // Lowered to switch and merge, a conditional in a map function costs no more than its branch.
        { name: '_lower_using_switch_merge', proto: attr.bool(true) },
      ],
    );
    // In a trace the branches live as long as the function that calls them.
    trace?.functions.push(...branches.splice(0));
    return tensors;
  } finally {
    for (const branch of branches) branch.dispose();
  }
}
