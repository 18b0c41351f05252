/** The training loop: phases, optimiser updates, averages and exact resume. */
export { Trainer, stateEntries, type Snapshot, type StepReport, type TrainerOptions } from './trainer.ts';
export { SampleDrawer, classesFor, type Samples } from './sampling.ts';
export type { TrainingState } from './state.ts';
export { TrainingError, type TrainingErrorCode } from './errors.ts';
export { checkBatch } from './check-batch.ts';
// What checks of the compiled step need.
export { activePhases, batchesPerStep } from './phases.ts';
export { playStep, type StepInputs, type StepOptions, type StepOutputs } from './step.ts';
export { initialState } from './state.ts';
