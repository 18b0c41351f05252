/** A traced step in a session of TensorFlow's: the same graph and optimiser as the function, and the time of every op. */
import type * as tf from '@tensorflow/tfjs-core';
import { configProto, opTimes, type OpTime } from '@kiln/tensorflow';
import { runtime } from '../runtime.ts';
import { edgeNames } from '../traced-node.ts';
import type { TracedStep } from '../trace-step.ts';
import { graphConfig } from '../call-attributes.ts';
import type { CompileOptions } from '../compile-options.ts';

/** TensorFlow's levels of tracing: the ops' own times, and those of the kernels on a GPU. */
const traceOps = 1;
const traceKernels = 3;

export class StepSession {
  readonly #session: number;

  constructor({ graphDef, graph }: TracedStep, options: CompileOptions) {
    const { binding, context } = runtime();
    const names = edgeNames(graph);
    const name = (edge: number): string => names.get(edge)!;
    this.#session = binding.newSession({
      graphDef,
      config: configProto({ ...context, ...graphConfig(options) }),
      inputs: graph.args.map((edge) => name(edge).replace(/:0$/, '')),
      outputs: graph.results.map(name),
      targets: graph.nodes.filter(({ stateful }) => stateful).map((node) => node.name),
    });
  }

  async run(args: readonly tf.Tensor[]): Promise<{ results: tf.Tensor[]; ops: OpTime[] }> {
    const { binding, backend } = runtime();
    const { outputs, runMetadata } = await binding.runSession(
      this.#session,
      args.map((arg) => backend.handle(arg)),
      binding.isUsingGpuDevice() ? traceKernels : traceOps,
    );
    return { results: outputs.map((output) => backend.fromHandle(output)), ops: opTimes(runMetadata) };
  }

  dispose(): void {
    runtime().binding.deleteSession(this.#session);
  }
}
