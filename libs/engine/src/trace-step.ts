/** Traces a step into a registered function and remembers how its results become the new state and the outputs. */
import * as tf from '@tensorflow/tfjs-core';
import { checkReturned, checkState } from './check-step.ts';
import { runTrace } from './run-trace.ts';
import { runtime } from './runtime.ts';
import { dtypeOfSpec, specsOf } from './specs.ts';
import { Trace, type TraceOptions } from './trace.ts';
import type { TracedGraph } from './traced-node.ts';
import { flattenTree, mapSpecs, mapTree, type SpecTree, type Tree } from './tree.ts';

export interface TracedStep {
  readonly functionName: string;
  readonly graphDef: Uint8Array;
  readonly graph: TracedGraph;
  readonly traceMs: number;
  readonly outputs: SpecTree;
  /** Further arguments: tensors that the step used without being given them. */
  readonly captured: readonly tf.Tensor[];
  /** Builds the new state and the outputs from a run's arguments and the function's results, which it takes over. */
  assemble(args: readonly tf.Tensor[], results: readonly tf.Tensor[]): { next: Tree; outputs: Tree };
  dispose(): void;
}

let numFunctions = 0;

/** A name that no other function of this process has. */
export function uniqueFunctionName(name: string): string {
  return `${name.replaceAll(/[^A-Za-z0-9_]/g, '_')}_${numFunctions++}`;
}

interface Structure {
  /** A tree with the shape of the outputs; its leaves are disposed symbols. */
  readonly outputs: Tree;
  readonly stateEdges: ReadonlyMap<string, number>;
  readonly outputEdges: ReadonlyMap<string, number>;
  readonly outputSpecs: SpecTree;
}

/**
 * An edge that is an argument does not travel through the function: an unchanged state tensor stays the same
 * tensor. A result that has several places is cloned, which copies no data. The new state has its names in the order of
 * the old one, whatever order the step returned them in: in another order it would be another signature, traced anew.
 */
function assembler(
  { outputs, stateEdges, outputEdges }: Structure,
  stateSpecs: SpecTree,
  argEdges: number[],
  resultEdges: number[],
  numState: number,
) {
  const argOf = new Map(argEdges.map((edge, i) => [edge, i]));
  const resultOf = new Map(resultEdges.map((edge, i) => [edge, i]));
  return (args: readonly tf.Tensor[], results: readonly tf.Tensor[]): { next: Tree; outputs: Tree } => {
    const given = new Set<tf.Tensor>();
    const place = (edges: ReadonlyMap<string, number>, path: string, isState: boolean): tf.Tensor => {
      const edge = edges.get(path) as number;
      const arg = argOf.get(edge);
      const source = (arg === undefined ? results[resultOf.get(edge) as number] : args[arg]) as tf.Tensor;
      const mine = arg === undefined || (isState && arg < numState);
      if (!mine || given.has(source)) return tf.clone(source);
      given.add(source);
      return source;
    };
    return {
      next: mapSpecs(stateSpecs, (_, path) => place(stateEdges, path, true)),
      outputs: mapTree(outputs, (_, path) => place(outputEdges, path, false)),
    };
  };
}

function edgesOf(trace: Trace, tree: Tree, what: string): Map<string, number> {
  const { backend } = runtime();
  const edges = new Map<string, number>();
  for (const [path, leaf] of flattenTree(tree)) {
    trace.checkShape(`${what} '${path}'`, backend.shapeOf(leaf));
    edges.set(path, backend.edge(trace, leaf));
  }
  return edges;
}

export function traceStep(
  name: string,
  step: (state: Tree, inputs: Tree) => unknown,
  stateSpecs: SpecTree,
  inputSpecs: SpecTree,
  options: Pick<TraceOptions, 'castTo' | 'forXla'>,
): TracedStep {
  const started = performance.now();
  const { binding, ops, backend } = runtime();
  const trace = new Trace(binding, ops, { captures: 'argument', unknownShapes: 'refused', ...options });
  try {
    const argEdges: number[] = [];
    const placeholders = (specs: SpecTree, kind: string): Tree =>
      mapSpecs(specs, (spec, path) => {
        const edge = trace.placeholder(path === '' ? kind : `${kind}/${path}`, spec.shape, dtypeOfSpec(spec));
        argEdges.push(edge.edge);
        return backend.fromEdge(trace, edge);
      });
    let numState = 0;
    const structure = runTrace(trace, (): Structure => {
      const stateIn = placeholders(stateSpecs, 'state');
      numState = argEdges.length;
      const { state, outputs } = checkReturned(name, step(stateIn, placeholders(inputSpecs, 'input')));
      checkState(name, stateSpecs, state);
      return {
        outputs,
        stateEdges: edgesOf(trace, state, 'state'),
        outputEdges: edgesOf(trace, outputs, 'output'),
        outputSpecs: specsOf(outputs),
      };
    });
    const captures = [...trace.captures.values()];
    argEdges.push(...captures.map(({ edge }) => edge.edge));
    const results = new Set([...structure.stateEdges.values(), ...structure.outputEdges.values()]);
    for (const edge of argEdges) results.delete(edge);

    const functionName = uniqueFunctionName(name);
    binding.addFunction(trace.toFunction(functionName, argEdges, [...results]));
    const graphDef = trace.toGraphDef();
    trace.close();
    const captured = captures.map(({ edge, tensorId }) =>
      tf.keep(backend.fromHandle({ id: tensorId, shape: edge.shape ?? [], dtype: edge.dtype })),
    );
    return {
      functionName,
      graphDef,
      graph: { nodes: trace.nodes, args: argEdges, results: [...results] },
      traceMs: performance.now() - started,
      outputs: structure.outputSpecs,
      captured,
      assemble: assembler(structure, stateSpecs, argEdges, [...results], numState),
      dispose: () => {
        binding.removeFunction(functionName);
        for (const inner of trace.functions) inner.dispose();
        for (const tensor of captured) tensor.dispose();
      },
    };
  } catch (error) {
    trace.abandon();
    throw error;
  }
}
