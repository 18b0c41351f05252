/**
 * Recording half of the corrected gradient tape: decides what an executed kernel leaves behind for `backward.ts`.
 *
 * tfjs keeps what a rule needs (`saved`) as clones and records each clone as an op of its own, before the op
 * that makes a cloned output. A second derivative then loses the way from that clone back to the inputs. Here
 * a saved copy carries the id of the tensor it copies, so that to the tape both are one.
 */
import * as tf from '@tensorflow/tfjs-core';
import { stopKernels } from './stops.ts';

/** For each input a way to compute its gradient; null where none flows. */
export type InputGradients = Record<string, (() => tf.Tensor) | null>;

export interface TapeNode {
  id: number;
  kernelName: string;
  inputs: Record<string, tf.Tensor | undefined>;
  outputs: tf.Tensor[];
  saved: (tf.Tensor | undefined)[];
  /** True where the derivative is zero everywhere it exists: masks, rounding, indices. */
  stops: boolean;
  gradient?: (dys: (tf.Tensor | null)[]) => InputGradients;
}

type GradientRule = (
  dy: tf.Tensor | tf.Tensor[],
  saved: (tf.Tensor | undefined)[],
  attrs: object,
) => InputGradients;

/** The parts of tfjs's engine that the tape is made of; none of them is in its public types. */
export interface TapeEngine {
  state: {
    activeTape: TapeNode[] | null;
    activeScope: { id: number } | null;
    gradientDepth: number;
    kernelDepth: number;
    nextTapeNodeId: number;
  };
  isTapeOn(): boolean;
  startTape(): void;
  endTape(): void;
  tidy<T>(name: string, run: () => T): T;
  runKernel(kernelName: string, inputs: object, attrs?: object): tf.Tensor;
  nextTensorId(): number;
  keep(tensor: tf.Tensor): tf.Tensor;
  track(tensor: tf.Tensor): tf.Tensor;
  saveTensorsForBackwardMode(tensors: (tf.Tensor | undefined)[]): (tf.Tensor | undefined)[];
  addTapeNode(
    kernelName: string,
    inputs: TapeNode['inputs'],
    outputs: tf.Tensor[],
    rule: GradientRule | null,
    saved: TapeNode['saved'],
    attrs: object,
  ): void;
  gradients(
    f: () => tf.Tensor,
    xs: tf.Tensor[],
    dy?: tf.Tensor | null,
    allowNoGradients?: boolean,
  ): { value: tf.Tensor; grads: (tf.Tensor | null)[] };
  customGrad(f: CustomGradient): (...inputs: tf.Tensor[]) => tf.Tensor;
}

type CustomGradient = (...inputsAndSave: never[]) => {
  value: tf.Tensor;
  gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
};

export const tapeEngine = (): TapeEngine => tf.engine() as unknown as TapeEngine;

const carriesGradient = (tensor: tf.Tensor): boolean =>
  tensor.dtype === 'float32' || tensor.dtype === 'complex64';

/** A second tensor over the same data that nothing records, under the id given or a new one. */
export function copyOffTape(engine: TapeEngine, tensor: tf.Tensor, id?: number): tf.Tensor {
  engine.state.kernelDepth++;
  try {
    const copy = engine.runKernel('Identity', { x: tensor });
    if (id !== undefined) (copy as { id: number }).id = id;
    return copy;
  } finally {
    engine.state.kernelDepth--;
  }
}

/** A copy that outlives the scope, to the tape the same tensor. Disposed with the tape. */
const alias = (engine: TapeEngine, tensor: tf.Tensor): tf.Tensor =>
  engine.keep(copyOffTape(engine, tensor, tensor.id));

/** An input may be absent (batch normalisation without scale), so a saved entry may be too. */
export const saveForBackward = (
  engine: TapeEngine,
  tensors: (tf.Tensor | undefined)[],
): (tf.Tensor | undefined)[] => tensors.map((tensor) => (tensor ? alias(engine, tensor) : undefined));

export function addTapeNode(
  engine: TapeEngine,
  ...[kernelName, inputs, outputs, rule, saved, attrs]: Parameters<TapeEngine['addTapeNode']>
): void {
  const gradFunc = (tf.getGradient(kernelName)?.gradFunc as GradientRule | undefined) ?? rule;
  engine.state.activeTape!.push({
    id: engine.state.nextTapeNodeId++,
    kernelName,
    inputs,
    outputs,
    saved,
    stops: stopKernels.has(kernelName) || !outputs.some(carriesGradient),
    ...(gradFunc && {
      gradient: (dys: (tf.Tensor | null)[]) => {
        const filled = dys.map((dy, i) => dy ?? tf.fill(outputs[i]!.shape, 0));
        return gradFunc(filled.length > 1 ? filled : filled[0]!, saved, attrs);
      },
    }),
  });
}

/**
 * tfjs's customGrad, differentiable twice. The function's own ops are recorded too, so that a saved
 * intermediate has a way back to the inputs; its result belongs to the custom rule alone. The function gets
 * copies that live as long as the tape: its rule may use its arguments after the caller's scope has ended.
 */
export function customGrad(engine: TapeEngine, f: CustomGradient): (...inputs: tf.Tensor[]) => tf.Tensor {
  const call = f as unknown as (...args: unknown[]) => ReturnType<CustomGradient>;
  return (...inputs) => {
    if (!engine.isTapeOn()) return engine.tidy('customGrad', () => call(...inputs, () => {}).value);
    const tape = engine.state.activeTape!;
    const start = tape.length;
    const firstNewId = engine.nextTensorId();
    const kept = inputs.map((input) => alias(engine, input));
    let saved: tf.Tensor[] = [];
    let rule: ReturnType<CustomGradient>['gradFunc'] | undefined;
    let value = engine.tidy('customGrad', () => {
      const result = call(...kept, (tensors: tf.Tensor[]) => {
        kept.push(...(saved = tensors.map((tensor) => alias(engine, tensor))));
      });
      rule = result.gradFunc;
      return result.value;
    });
    const producer = tape.findIndex(
      (node, i) => i >= start && node.outputs.some((output) => output.id === value.id),
    );
    // A result that also exists under another name on the tape needs a name of its own.
    const shared = value.id < firstNewId || (producer >= 0 && tape[producer]!.outputs.length > 1);
    if (shared) value = copyOffTape(engine, value);
    const node: TapeNode = {
      id: engine.state.nextTapeNodeId++,
      kernelName: 'customGrad',
      inputs: Object.fromEntries(inputs.entries()),
      outputs: [value],
      saved: kept,
      stops: false,
      gradient: ([dy]) => {
        const result = rule!(dy!, saved);
        return Object.fromEntries((Array.isArray(result) ? result : [result]).map((dx, i) => [i, () => dx]));
      },
    };
    if (shared) tape.push(node);
    else if (producer < 0) tape.splice(start, 0, node);
    else {
      const [replaced] = tape.splice(producer, 1, node);
      for (const tensor of replaced!.saved) tensor?.dispose();
    }
    return value;
  };
}
