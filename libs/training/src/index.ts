/** The training loop: phases, optimiser updates, averages and exact resume. */
export { checkedTimeline } from './checked-timeline.ts';
export { checkXla } from './check-xla.ts';
export {
  Trainer,
  type StateTensor,
  type StateView,
  type StepReport,
  type TrainerOptions,
} from './trainer.ts';
export { stateEntries, type Snapshot } from './snapshot.ts';
export {
  classesFor,
  SampleDrawer,
  sampledFrom,
  sampleVariables,
  type SampleRequest,
  type Samples,
  type SampleVariables,
} from './sampling.ts';
export type { Way } from './interpolation.ts';
export { CollapseWatch, type Alarm, type CollapseReason, type Observation } from './collapse-watch.ts';
export { meanPairwiseDistance } from './diversity.ts';
export type { TrainingState } from './state.ts';
export { TrainingError, type TrainingErrorCode } from './errors.ts';
export { Timeline, type Segment } from './timeline.ts';
// What checks of the compiled step need.
export { activePhases, batchesPerStep, leastShare } from './phases.ts';
export { playStep, type StepInputs, type StepOptions, type StepOutputs } from './step.ts';
export { initialState } from './state.ts';
export type { StepProfile, StepSpan } from './profile.ts';
export { isExchange, phaseOf } from './step-phases.ts';
export { inspectStep, type Inspection, type InspectOptions } from './inspect.ts';
