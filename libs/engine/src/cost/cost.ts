/** What a traced step costs: nodes, arithmetic and memory, counted from shapes without running anything. */
import type { EdgeMetadata } from '@kiln/tensorflow';
import { liveNodes, type TracedGraph } from '../traced-node.ts';
import { familyOf, flopsOf, type OpFamily } from './flops.ts';
import { bytesOf, peakOf, type Peak } from './liveness.ts';

export interface Cost {
  /** As traced, and what is left when nodes that nothing depends on are dropped. */
  readonly numNodes: number;
  readonly numLiveNodes: number;
  /** Of the live nodes, like everything below. */
  readonly flops: number;
  readonly flopsByFamily: Readonly<Partial<Record<OpFamily, number>>>;
  /** Nodes that have any. */
  readonly nodesByFamily: Readonly<Partial<Record<OpFamily, number>>>;
  /** Flops by what `groupOf` makes of the nodes' names. */
  readonly flopsByGroup: Readonly<Record<string, number>>;
  readonly argumentBytes: number;
  readonly resultBytes: number;
  /** Memory beside the arguments, results included. */
  readonly peak: Peak;
}

const add = <K extends string>(sums: Partial<Record<K, number>>, key: K, value: number): void => {
  sums[key] = (sums[key] ?? 0) + value;
};

export function costOf(graph: TracedGraph, groupOf: (name: string) => string = () => 'all'): Cost {
  const live = liveNodes(graph);
  const edges = new Map<number, EdgeMetadata>(
    graph.nodes.flatMap(({ outputs }) => outputs.map((output) => [output.edge, output] as const)),
  );
  const flopsByFamily: Partial<Record<OpFamily, number>> = {};
  const nodesByFamily: Partial<Record<OpFamily, number>> = {};
  const flopsByGroup: Record<string, number> = {};
  let total = 0;
  for (const { op, name, inputs, outputs } of live) {
    const flops = flopsOf({ op, inputs: inputs.map((edge) => edges.get(edge)!), outputs });
    if (flops === 0) continue;
    total += flops;
    add(flopsByFamily, familyOf(op), flops);
    add(nodesByFamily, familyOf(op), 1);
    add(flopsByGroup, groupOf(name), flops);
  }
  const bytes = (of: readonly number[]): number =>
    of.reduce((sum, edge) => sum + bytesOf(edges.get(edge)!), 0);
  return {
    numNodes: graph.nodes.length,
    numLiveNodes: live.length,
    flops: total,
    flopsByFamily,
    nodesByFamily,
    flopsByGroup,
    argumentBytes: bytes(graph.args),
    resultBytes: bytes(graph.results),
    peak: peakOf(live, graph),
  };
}
