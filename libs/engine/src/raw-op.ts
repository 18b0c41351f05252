/** Any TensorFlow op, with the dtypes and shapes that TensorFlow gives its results. Not on the gradient tape. */
import type * as tf from '@tensorflow/tfjs-core';
import type { OpAttr } from '@kiln/tensorflow';
import { EngineError } from './errors.ts';
import { runtime } from './runtime.ts';
import { activeTrace, refuseLater } from './active-trace.ts';
import type { AddOptions } from './trace.ts';

/** A list argument of the op is an array of tensors. */
export type RawInputs = readonly (tf.Tensor | readonly tf.Tensor[])[];

/** Serialised `tensorflow.AttrValue`s by name; types that follow from the inputs may be left out. */
export type RawAttrs = Readonly<Record<string, Uint8Array>>;

const toOpAttrs = (attrs: RawAttrs): OpAttr[] =>
  Object.entries(attrs).map(([name, proto]) => ({ name, proto }));

const kind = (isList: boolean): string => (isList ? 'a list' : 'a tensor');

function check(op: string, inputs: RawInputs): void {
  const expected = runtime().ops.get(op).inputs;
  if (
    inputs.length === expected.length &&
    expected.every((arg, i) => arg.isList === Array.isArray(inputs[i]))
  )
    return;
  throw new EngineError(
    'bad-op-inputs',
    `op ${op} takes (${expected.map((arg) => `${arg.name}: ${kind(arg.isList)}`).join(', ')}), ` +
      `got (${inputs.map((input) => kind(Array.isArray(input))).join(', ')})`,
  );
}

/** Executes the op, or adds it to the function being traced. */
export function rawOp(
  op: string,
  inputs: RawInputs,
  attrs: RawAttrs = {},
  options?: AddOptions,
): tf.Tensor[] {
  check(op, inputs);
  return runtime().backend.run(op, inputs, toOpAttrs(attrs), options);
}

export interface AsyncOptions {
  /** `input` is for ops that wait for data, so that they do not hold up the steps. */
  lane?: 'compute' | 'input';
  signal?: AbortSignal;
}

/** Executes the op off the JavaScript thread. Aborting `signal` makes a waiting op fail with code CANCELLED. */
export async function rawOpAsync(
  op: string,
  inputs: RawInputs,
  attrs: RawAttrs = {},
  options: AsyncOptions = {},
): Promise<tf.Tensor[]> {
  check(op, inputs);
  const trace = activeTrace();
  if (trace !== null) {
    return refuseLater(
      trace,
      new EngineError('async-step', `rawOpAsync('${op}') was called while tracing; use rawOp`),
    );
  }
  return executeAsync(op, inputs, toOpAttrs(attrs), options);
}

/** The same for registered functions, whose inputs no op definition describes. `maxOutputs`: the op's, or more. */
export async function executeAsync(
  op: string,
  inputs: RawInputs,
  attrs: OpAttr[],
  { lane = 'compute', signal, maxOutputs = 1024 }: AsyncOptions & { maxOutputs?: number } = {},
): Promise<tf.Tensor[]> {
  const { binding, backend } = runtime();
  const handles = inputs.map((input) =>
    Array.isArray(input) ? input.map((each) => backend.handle(each)) : backend.handle(input as tf.Tensor),
  );
  const cancellation = signal === undefined ? undefined : binding.newCancellation();
  const cancel = () => cancellation !== undefined && binding.cancel(cancellation);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const outputs = await binding.executeOpAsync(op, attrs, handles, maxOutputs, {
      lane,
      ...(cancellation === undefined ? {} : { cancellation }),
    });
    return outputs.map((output) => backend.fromHandle(output));
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (cancellation !== undefined) binding.deleteCancellation(cancellation);
  }
}
