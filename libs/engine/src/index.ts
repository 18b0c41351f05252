/** Runs tfjs code on TensorFlow, eagerly or compiled into one function. */
export { startEngine, type EngineOptions } from './start-engine.ts';
export { compile, Compiled, type Step, type TraceReport } from './compile.ts';
export { precisions, type CompileOptions, type Precision } from './compile-options.ts';
export { watchFirstCalls, type FirstCallWatcher } from './first-call.ts';
export { costOf, type Cost } from './cost/cost.ts';
export type { OpFamily } from './cost/flops.ts';
export type { TracedGraph, TracedNode } from './traced-node.ts';
export type { OpTime } from '@kiln/tensorflow';
export { StateCell } from './state-cell.ts';
export { random, type Key } from './random.ts';
export { valueAndGrad, type LossAndAux } from './value-and-grad.ts';
export { outlive } from './gradients/survivors.ts';
export { stopGradient } from './gradients/stop-gradient.ts';
export { normalizeBatch, type NormalizedBatch } from './normalize-batch.ts';
export { nameScope } from './name-scope.ts';
export { readTree, type HostArray } from './read-tree.ts';
export { viewTree, type TreeView } from './view-tree.ts';
export { memory, type Memory } from './memory.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export {
  disposeTree,
  flattenSpecs,
  flattenTree,
  mapTree,
  unflattenTree,
  type Spec,
  type SpecTree,
  type Tree,
} from './tree.ts';
export { specBytes, specSize, specsOf } from './specs.ts';

// What sibling libs need.
export { rawOp, rawOpAsync, type AsyncOptions, type RawAttrs, type RawInputs } from './raw-op.ts';
export { traceFunction, type ArgSpec, type ResultSpec, type TracedFunction } from './trace-function.ts';
export { conditional, type Branch } from './conditional.ts';
export { isTracing } from './active-trace.ts';
export { canFuseUpdates, fusedAdam, fusedBlend, type AdamTensors } from './fused-updates.ts';
export type { AddOptions } from './trace.ts';
export { tfType } from './specs.ts';
