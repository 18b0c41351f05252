/** How much memory a run needs beside its arguments, if its nodes run one by one in the order in which they were traced. */
import { dataTypeBytes, type EdgeMetadata } from '@kiln/tensorflow';
import type { TracedGraph, TracedNode } from '../traced-node.ts';
import { familyOf, sizeOf } from './flops.ts';

/** Ops whose result is their input's memory under another shape or name. */
const views = new Set(['Identity', 'Reshape', 'StopGradient', 'PreventGradient', 'ExpandDims', 'Squeeze']);

export const bytesOf = (edge: EdgeMetadata): number => sizeOf(edge) * dataTypeBytes(edge.dtype);

export interface Peak {
  readonly bytes: number;
  /** The node during which it is reached. */
  readonly node: string;
}

/**
 * `nodes` are the live ones. An edge's memory is taken when its node runs and freed after its last use; results stay.
 * An element-wise op writes over an input of its size that nobody needs afterwards, as TensorFlow's kernels do. Threads
 * that run several nodes at once, and scratch memory inside kernels, come on top.
 */
export function peakOf(nodes: readonly TracedNode[], { args, results }: TracedGraph): Peak {
  const bufferOf = new Map<number, number>();
  const size = new Map<number, number>();
  const lastUse = new Map<number, number>();
  const given = new Set(args);
  for (const [at, { op, inputs, outputs }] of nodes.entries()) {
    for (const edge of inputs) lastUse.set(bufferOf.get(edge)!, at);
    for (const output of outputs) {
      const source = views.has(op) ? bufferOf.get(inputs[0]!)! : output.edge;
      bufferOf.set(output.edge, source);
      lastUse.set(source, at);
      if (source === output.edge) size.set(source, given.has(source) ? 0 : bytesOf(output));
    }
  }
  for (const edge of results) lastUse.set(bufferOf.get(edge)!, Number.POSITIVE_INFINITY);

  let live = 0;
  let peak: Peak = { bytes: 0, node: '' };
  for (const [at, { op, name, inputs, outputs }] of nodes.entries()) {
    const ending = [...new Set(inputs.map((edge) => bufferOf.get(edge)!))].filter(
      (buffer) => lastUse.get(buffer) === at,
    );
    const made = outputs.filter(({ edge }) => bufferOf.get(edge) === edge && !given.has(edge));
    const overwritten =
      familyOf(op) === 'elementwise' && made.length === 1
        ? ending.find((buffer) => size.get(buffer) === bytesOf(made[0]!))
        : undefined;
    live += made.reduce((sum, output) => sum + bytesOf(output), 0);
    if (overwritten !== undefined) live -= size.get(overwritten)!;
    if (live > peak.bytes) peak = { bytes: live, node: name };
    for (const buffer of ending) if (buffer !== overwritten) live -= size.get(buffer)!;
    // What nobody uses goes at once.
    for (const { edge } of made) if (lastUse.get(edge) === at) live -= size.get(edge)!;
  }
  return peak;
}
