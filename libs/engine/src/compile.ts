/** Turns a training step written with tfjs into one TensorFlow function, and runs it on a state. */
import * as tf from '@tensorflow/tfjs-core';
import type { OpAttr, OpTime } from '@kiln/tensorflow';
import { callAttributes } from './call-attributes.ts';
import type { CompileOptions } from './compile-options.ts';
import { checkReturned, checkState } from './check-step.ts';
import { EngineError } from './errors.ts';
import { firstCall } from './first-call.ts';
import { castType } from './precision.ts';
import { StepSession } from './profile/step-session.ts';
import { executeAsync } from './raw-op.ts';
import { dtypeOfSpec, specsOf } from './specs.ts';
import type { StateCell } from './state-cell.ts';
import { type TracedStep, traceStep } from './trace-step.ts';
import type { TracedGraph } from './traced-node.ts';
import { flattenSpecs, flattenTree, mapTree, unflattenTree, type SpecTree, type Tree } from './tree.ts';

export type Step<S extends Tree, I extends Tree, O extends Tree> = (
  state: S,
  inputs: I,
) => { state: S; outputs: O };

/** What a trace found out, without running anything. */
export interface TraceReport {
  functionName: string;
  /** Serialised `tensorflow.GraphDef`, for TensorBoard. */
  graphDef: Uint8Array;
  numNodes: number;
  graph: TracedGraph;
  traceMs: number;
  outputs: SpecTree;
}

function signatureOf(state: SpecTree, inputs: SpecTree): string {
  const of = (specs: SpecTree): string =>
    [...flattenSpecs(specs)]
      .map(([path, spec]) => `${path}:${spec.shape.join('x')}:${dtypeOfSpec(spec)}`)
      .join(' ');
  return `${of(state)} | ${of(inputs)}`;
}

function refuseDisposed(tree: Tree, what: string): void {
  for (const [path, leaf] of flattenTree(tree)) {
    if (leaf.isDisposed) throw new EngineError('disposed', `${what} '${path}' is disposed`);
  }
}

export class Compiled<S extends Tree, I extends Tree, O extends Tree> {
  readonly name: string;
  readonly #step: Step<S, I, O>;
  readonly #options: CompileOptions;
  #attrs: OpAttr[] | null = null;
  readonly #sessions = new Map<TracedStep, StepSession>();
  readonly #traced = new Map<string, TracedStep>();
  #numRunning = 0;
  #disposed = false;

  constructor(name: string, step: Step<S, I, O>, options: CompileOptions) {
    this.name = name;
    this.#step = step;
    this.#options = options;
  }

  /**
   * Runs the step off the JavaScript thread and puts the new state into `cell`. If anything fails the cell is as
   * it was. The outputs belong to the caller; the inputs stay the caller's.
   */
  async run(cell: StateCell<S>, inputs: I): Promise<O> {
    const { outputs } = await this.#runBy(cell, inputs, async ({ functionName, graph }, args) => {
      this.#attrs ??= callAttributes(this.#options);
      return {
        results: await executeAsync(functionName, args, this.#attrs, { maxOutputs: graph.results.length }),
      };
    });
    return outputs;
  }

  /**
   * As `run`, with the time of every op. Its first call is slow: the graph is prepared once more. Not for a function that XLA
   * compiles as a whole, which leaves no ops to time.
   */
  async profile(cell: StateCell<S>, inputs: I): Promise<{ outputs: O; ops: OpTime[] }> {
    if (this.#options.xla === true)
      throw new EngineError('not-profiled', `${this.name} is compiled with XLA, which leaves no ops to time`);
    return this.#runBy(cell, inputs, (traced, args) => {
      const session = this.#sessions.get(traced) ?? new StepSession(traced, this.#options);
      this.#sessions.set(traced, session);
      return session.run(args);
    });
  }

  async #runBy<R extends { results: tf.Tensor[] }>(
    cell: StateCell<S>,
    inputs: I,
    execute: (traced: TracedStep, args: tf.Tensor[]) => Promise<R>,
  ): Promise<Omit<R, 'results'> & { outputs: O }> {
    return cell.update(this.name, async (state) => {
      refuseDisposed(inputs, 'input');
      const specs = [specsOf(state), specsOf(inputs)] as const;
      const signature = signatureOf(...specs);
      const call = async (given: I) => {
        const traced = this.#trace(...specs, signature);
        const args = [...flattenTree(state).values(), ...flattenTree(given).values(), ...traced.captured];
        const { results, ...more } = await execute(traced, args);
        const { next, outputs } = traced.assemble(args, results);
        return { next: next as S, result: { ...more, outputs: outputs as O } };
      };
      this.#numRunning++;
      try {
        return await (this.#traced.has(signature) ? call(inputs) : firstCall(this.name, inputs, call));
      } finally {
        this.#numRunning--;
      }
    });
  }

  /** The same step executed op by op: the oracle that tests compare `run` with. */
  async eager(cell: StateCell<S>, inputs: I): Promise<O> {
    return cell.update(this.name, async (state) => {
      refuseDisposed(inputs, 'input');
      const owned = new Set<tf.Tensor>([...flattenTree(state).values(), ...flattenTree(inputs).values()]);
      const stateLeaves = new Set(flattenTree(state).values());
      const own = (leaf: tf.Tensor, mayStay: boolean): tf.Tensor => {
        if (mayStay && stateLeaves.delete(leaf)) return leaf;
        const fresh = owned.has(leaf) ? tf.clone(leaf) : leaf;
        owned.add(fresh);
        return fresh;
      };
      return tf.tidy(() => {
        const { state: next, outputs } = checkReturned(this.name, this.#step(state, inputs));
        checkState(this.name, specsOf(state), next);
        return {
          next: mapTree(unflattenTree(state, flattenTree(next)), (leaf) => own(leaf, true)),
          result: mapTree(outputs, (leaf) => own(leaf, false)),
        } as never;
      }) as { next: S; result: O };
    });
  }

  /** Traces for shapes alone: nothing executes, and no memory of the size of the model is needed. */
  trace(state: SpecTree, inputs: SpecTree): TraceReport {
    const { functionName, graphDef, graph, traceMs, outputs } = this.#trace(state, inputs);
    return { functionName, graphDef, numNodes: graph.nodes.length, graph, traceMs, outputs };
  }

  /** Removes every traced function from TensorFlow. */
  dispose(): void {
    if (this.#numRunning > 0) {
      throw new EngineError(
        'step-in-flight',
        `${this.name}.dispose() was called while ${this.name}.run() is in flight; await it first`,
      );
    }
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    for (const traced of this.#traced.values()) traced.dispose();
    this.#traced.clear();
    this.#disposed = true;
  }

  #trace(state: SpecTree, inputs: SpecTree, signature = signatureOf(state, inputs)): TracedStep {
    if (this.#disposed) throw new EngineError('disposed', `the compiled step ${this.name} was disposed`);
    const known = this.#traced.get(signature);
    if (known !== undefined) return known;
    const step = this.#step as unknown as Step<Tree, Tree, Tree>;
    const traced = traceStep(this.name, step, state, inputs, {
      castTo: castType(this.#options),
      forXla: this.#options.xla === true,
    });
    this.#traced.set(signature, traced);
    return traced;
  }
}

/**
 * Compiles `step(state, inputs) -> { state, outputs }`. It is traced on first use for each combination of
 * structure, shapes and dtypes; whatever changes from run to run must be an input.
 */
export function compile<S extends Tree, I extends Tree, O extends Tree>(
  name: string,
  step: Step<S, I, O>,
  options: CompileOptions = {},
): Compiled<S, I, O> {
  return new Compiled(name, step, options);
}
