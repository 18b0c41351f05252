/** Traces TypeScript into a function that TensorFlow itself calls: a dataset's map, a branch of a conditional. */
import type * as tf from '@tensorflow/tfjs-core';
import { EngineError } from './errors.ts';
import { runTrace } from './run-trace.ts';
import { runtime } from './runtime.ts';
import { tfType } from './specs.ts';
import { Trace } from './trace.ts';
import { uniqueFunctionName } from './trace-step.ts';

/** `shape` is null when the rank is unknown; an unknown dimension is -1. */
export interface ArgSpec {
  readonly shape: readonly number[] | null;
  readonly tfDtype: number;
}

export interface ResultSpec {
  readonly shape: number[] | null;
  readonly dtype: number;
}

export interface TracedFunction {
  /** Its name in TensorFlow's context. */
  readonly name: string;
  readonly functionDef: Uint8Array;
  readonly outputs: ResultSpec[];
  /** Removes it from the context, and the branches that it calls. */
  dispose(): void;
}

/**
 * Registers `fn` as a TensorFlow function of `argSpecs`, followed by one argument for each tensor of `captured`,
 * whose handles the caller passes whenever the function is used. Shapes may be partly unknown.
 */
export function traceFunction(
  name: string,
  fn: (...args: tf.Tensor[]) => tf.Tensor[],
  argSpecs: readonly ArgSpec[],
  captured: readonly tf.Tensor[] = [],
): TracedFunction {
  const { binding, ops, backend } = runtime();
  const specs = [
    ...argSpecs,
    ...captured.map((tensor) => ({ shape: tensor.shape, tfDtype: tfType(tensor) })),
  ];
  const trace = new Trace(binding, ops, {
    captures: 'refused',
    unknownShapes: 'allowed',
    castTo: null,
    forXla: false,
  });
  try {
    const inputs: number[] = [];
    const outputs = runTrace(trace, () => {
      const args = specs.map(({ shape, tfDtype }, i) => {
        const edge = trace.placeholder(`arg_${i}`, shape, tfDtype);
        inputs.push(edge.edge);
        return backend.fromEdge(trace, edge);
      });
      const returned = fn(...args);
      if (!Array.isArray(returned))
        throw new EngineError('bad-result', `the function ${name} must return an array of tensors`);
      // A result of its own for each output: TensorFlow's runtime moves results, and one may be an argument.
      return returned.map((tensor) => {
        const [output] = trace.add('Identity', [backend.edge(trace, tensor)], []);
        if (output === undefined) throw new EngineError('op-refused', 'an Identity has no output');
        return output;
      });
    });
    const functionName = uniqueFunctionName(name);
    const functionDef = trace.toFunction(
      functionName,
      inputs,
      outputs.map(({ edge }) => edge),
    );
    binding.addFunction(functionDef);
    trace.close();
    return {
      name: functionName,
      functionDef,
      outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      dispose: () => {
        binding.removeFunction(functionName);
        for (const inner of trace.functions) inner.dispose();
      },
    };
  } catch (error) {
    trace.abandon();
    throw error;
  }
}
