/** What a trace remembers of each node, for reports and for running the graph in a session. */
import type { EdgeMetadata } from '@kiln/tensorflow';

export interface TracedNode {
  readonly op: string;
  /** With its name scopes: `D/gradients/Conv2DBackpropFilter`. */
  readonly name: string;
  /** Edges, lists flattened. */
  readonly inputs: readonly number[];
  readonly outputs: readonly EdgeMetadata[];
  /** Runs whether or not anybody uses its results. */
  readonly stateful: boolean;
}

/** Nodes in the order in which they were made, and which edges go in and out. */
export interface TracedGraph {
  readonly nodes: readonly TracedNode[];
  readonly args: readonly number[];
  readonly results: readonly number[];
}

/** The nodes that a run executes: those that a result or a stateful node needs. */
export function liveNodes({ nodes, results }: TracedGraph): TracedNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map(({ edge }) => [edge, node] as const)));
  const live = new Set<TracedNode>();
  const pending: TracedNode[] = nodes.filter(({ stateful }) => stateful);
  for (const edge of results) pending.push(makers.get(edge)!);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (live.has(node)) continue;
    live.add(node);
    for (const edge of node.inputs) pending.push(makers.get(edge)!);
  }
  return nodes.filter((node) => live.has(node));
}

/** `node:output` for an edge, TensorFlow's way to name it. */
export function edgeNames({ nodes }: TracedGraph): Map<number, string> {
  return new Map(
    nodes.flatMap(({ name, outputs }) => outputs.map(({ edge }, i) => [edge, `${name}:${i}`] as const)),
  );
}
