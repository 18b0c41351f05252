/** Trains one game on this worker: feeds the compiled step and keeps count. Knows players, not systems. */
import { worldSize } from '@kiln/collectives';
import { random, readTree, specsOf, StateCell, viewTree, type Key, type TraceReport } from '@kiln/engine';
import type { Dataset } from '@kiln/datasets';
import { averageDecay } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { checkedTimeline } from './checked-timeline.ts';
import { TrainingError } from './errors.ts';
import { Feed } from './feed.ts';
import { batchesPerStep } from './phases.ts';
import { reportedMetrics } from './loss-scale.ts';
import { now, profileOf, type StepProfile } from './profile.ts';
import { freshState, restored, stateEntries, type Snapshot } from './snapshot.ts';
import type { TrainingState } from './state.ts';
import { StepFunctions, type StepFunctionsOptions } from './step-functions.ts';
import type { StepInputs, StepOutputs } from './step.ts';
import { isFirstOf, type Segment, type Timeline } from './timeline.ts';

export interface TrainerOptions extends StepFunctionsOptions {
  readonly dataset: Dataset;
  readonly seed: number;
  /** Global batch; stages may lower it. */
  readonly batch: number;
  readonly rank: number;
}

export interface StepReport {
  readonly step: number;
  /** Real images shown so far, over all workers. */
  readonly images: number;
  readonly metrics: Record<string, number>;
  /** How long this worker waited for its batches. Near 0: the data is not what limits the speed. */
  readonly dataWaitMs: number;
  /** What some worker asked for in this step: the same on all workers. */
  readonly votes: Votes;
  /** The stage that this step was the first of, by name; undefined within a stage. */
  readonly enteredStage?: string;
  /** When the step was asked to be profiled. */
  readonly profile?: StepProfile;
}

/** Requests that all workers must follow after the same step, or they would wait for each other for ever. */
export interface Votes {
  readonly stop: boolean;
  readonly checkpoint: boolean;
  /** The run has collapsed; the last step that was good. One worker watches, so at most one says so. */
  readonly collapsedAfter?: number | undefined;
}

/** A tensor of the state by its path; `bytes` are its own memory. */
export interface StateTensor {
  readonly path: string;
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly bytes: Uint8Array;
}

export interface StateView {
  readonly tensors: readonly StateTensor[];
  /** Lets go of the memory. */
  release(): void;
}

const rateAfterRollback = 0.5;

export class Trainer {
  readonly options: TrainerOptions;
  readonly cell: StateCell<TrainingState>;
  readonly timeline: Timeline;
  #step: number;
  #cursor: number;
  readonly #worldSize = worldSize();
  readonly #feed: Feed;
  readonly #functions: StepFunctions;
  #key: Key;
  #rollbacks: number;
  #lastTrace: (() => TraceReport) | undefined;
  /** Gradients of the last step, when asked for; owned by the trainer until the next step. */
  lastGradients: StepOutputs['gradients'] | undefined;

  private constructor(
    options: TrainerOptions,
    timeline: Timeline,
    state: TrainingState,
    snapshot?: Snapshot,
  ) {
    this.options = options;
    this.timeline = timeline;
    this.cell = new StateCell(state);
    this.#step = snapshot?.step ?? 0;
    this.#cursor = snapshot?.cursor ?? 0;
    this.#rollbacks = snapshot?.rollbacks ?? 0;
    this.#key = this.#keyOfAttempt();
    const { dataset, seed, rank } = options;
    this.#functions = new StepFunctions(options, this.#worldSize);
    this.#feed = new Feed({ dataset, seed, rank, worldSize: this.#worldSize });
  }

  /** Throws `TrainingError` when a batch does not divide or a snapshot is not of this game. */
  static async create(options: TrainerOptions, snapshot?: Snapshot): Promise<Trainer> {
    const { game, batch, accumulate = 1 } = options;
    const timeline = checkedTimeline(game, { batch, accumulate, workers: worldSize() });
    if (snapshot !== undefined) checkPosition(timeline, snapshot);
    const fresh = await freshState(game, options.seed, options.precision);
    if (snapshot === undefined) return new Trainer(options, timeline, fresh);
    const state = restored(fresh, snapshot);
    tf.dispose(fresh as unknown as tf.TensorContainer);
    return new Trainer(options, timeline, state, snapshot);
  }

  /** Makes the next batches ready while the caller does something else; `next` does so itself. */
  openFeed(): Promise<void> {
    return this.#feed.openAt(this.#cursor, this.timeline.at(this.#step).batch);
  }

  get step(): number {
    return this.#step;
  }

  /** Next global sample position: the whole state of the data pipeline. */
  get cursor(): number {
    return this.#cursor;
  }

  /** How often the run went back to an earlier state. */
  get rollbacks(): number {
    return this.#rollbacks;
  }

  /**
   * Goes back to `snapshot`, in place. The same data follow, but with other noise and half the learning rates, or the run
   * would collapse again. All workers must do so after the same step.
   */
  rollBack(snapshot: Snapshot): void {
    checkPosition(this.timeline, snapshot);
    this.cell.replace(restored(this.cell.value, snapshot));
    this.#step = snapshot.step;
    this.#cursor = snapshot.cursor;
    this.#rollbacks += 1;
    this.#key.dispose();
    this.#key = this.#keyOfAttempt();
  }

  #keyOfAttempt(): Key {
    const attempt = this.#rollbacks === 0 ? '' : ` after rollback ${this.#rollbacks}`;
    return random.key(this.options.seed, `step${attempt}`);
  }

  /** Trains one step on all workers. A step that fails has changed nothing. */
  async next(
    votes: Votes = { stop: false, checkpoint: false },
    { profile = false }: { profile?: boolean } = {},
  ): Promise<StepReport> {
    const segment = this.timeline.at(this.#step);
    const called = this.#functions.of(this.#step, segment);
    const { compiled } = called;
    const asked = now();
    const inputs = await this.#inputs(segment, votes);
    const fed = now();
    const specs = [specsOf(this.cell.value), specsOf(inputs)] as const;
    this.#lastTrace = () => compiled.trace(...specs);
    try {
      const { outputs, ops } = profile
        ? await compiled.profile(this.cell, inputs)
        : { outputs: await compiled.run(this.cell, inputs), ops: undefined };
      const ran = now();
      const values = await outputs.report.data();
      const moments = { asked, fed, ran, read: now() };
      outputs.report.dispose();
      tf.dispose(this.lastGradients as unknown as tf.TensorContainer);
      this.lastGradients = outputs.gradients;
      this.#step += 1;
      this.#cursor += segment.imagesPerStep;
      const { metricNames } = called;
      const reported = Object.fromEntries(metricNames.map((name, index) => [name, values[index]!]));
      const metrics = reportedMetrics(reported, this.#step);
      this.#checkFinite(metrics);
      const [stop, checkpoint, collapsed] = values.slice(metricNames.length);
      // The mean over workers of one worker's step + 1.
      const collapsedAfter = Math.round(collapsed! * this.#worldSize) - 1;
      return {
        step: this.#step,
        images: this.#cursor,
        metrics,
        dataWaitMs: (fed - asked) / 1000,
        votes: {
          stop: stop! > 0,
          checkpoint: checkpoint! > 0,
          collapsedAfter: collapsedAfter < 0 ? undefined : collapsedAfter,
        },
        ...(ops === undefined ? {} : { profile: profileOf(this.#step, moments, ops) }),
        ...(isFirstOf(segment, this.#step - 1) && segment.name !== '' ? { enteredStage: segment.name } : {}),
      };
    } finally {
      disposeStepInputs(inputs);
    }
  }

  /** Tensors of the state that `keep` selects by path, copied to the host. */
  async read(
    keep: (path: string) => boolean,
  ): Promise<Map<string, { shape: number[]; data: Float32Array | Int32Array }>> {
    const wanted = stateEntries(this.cell.value).filter(([path]) => keep(path));
    const values = await readTree(wanted.map(([, tensor]) => tensor));
    return new Map(
      wanted.map(([path, tensor], index) => [
        path,
        { shape: tensor.shape, data: values.get(String(index)) as Float32Array | Int32Array },
      ]),
    );
  }

  /** Tensors of the state that `keep` selects by path, as they are at the call: steps may follow at once. Nothing is copied. */
  async view(keep: (path: string) => boolean): Promise<StateView> {
    const wanted = stateEntries(this.cell.value).filter(([path]) => keep(path));
    const { bytes, release } = await viewTree(wanted.map(([, tensor]) => tensor));
    const tensors = wanted.map(([path, { shape, dtype }], index) => ({
      path,
      shape,
      dtype,
      bytes: bytes.get(String(index))!,
    }));
    return { tensors, release };
  }

  /** How long the last step's function took to trace, when it was first needed; undefined before the first step. */
  get traceMs(): number | undefined {
    return this.#lastTrace?.().traceMs;
  }

  /** The serialised GraphDef of the last step, for TensorBoard; undefined before the first one. */
  graphDef(): Uint8Array | undefined {
    return this.#lastTrace?.().graphDef;
  }

  /** Frees everything it holds. */
  async close(): Promise<void> {
    await this.#feed.close();
    this.#functions.dispose();
    this.cell.dispose();
    this.#key.dispose();
    tf.dispose(this.lastGradients as unknown as tf.TensorContainer);
  }

  async #inputs({ batch, imagesPerStep }: Segment, votes: Votes): Promise<StepInputs> {
    const { game } = this.options;
    const batches = await this.#feed.read(this.#cursor, batch, batchesPerStep(game));
    const seen = this.#cursor + imagesPerStep;
    return {
      batches,
      rows: this.#feed.rows,
      key: this.#key,
      step: tf.scalar(this.#step, 'int32'),
      votes: tf.tensor1d([Number(votes.stop), Number(votes.checkpoint), (votes.collapsedAfter ?? -1) + 1]),
      learningRates: scalars(
        game.players,
        (player) => player.learningRate(this.#cursor) * rateAfterRollback ** this.#rollbacks,
      ),
      schedules: scalars(game.schedules ?? {}, (schedule) => schedule(this.#cursor)),
      decays: Object.fromEntries(
        game.averages.map((average) => [
          average.network,
          tf.scalar(averageDecay(average, imagesPerStep, seen)),
        ]),
      ),
    };
  }

  #checkFinite(metrics: Record<string, number>): void {
    for (const [name, value] of Object.entries(metrics)) {
      if (!Number.isFinite(value))
        throw new TrainingError(
          'not-finite',
          `${name} became ${value} at step ${this.#step}; train anew with lower learning rates, or with --on-collapse rollback, which goes back and halves them`,
        );
    }
  }
}

/** Stages are functions of images seen: a snapshot whose counters disagree with them is of another run. */
function checkPosition(timeline: Timeline, { step, cursor }: Snapshot): void {
  const expected = timeline.imagesAfter(step);
  if (cursor === expected) return;
  throw new TrainingError(
    'state-mismatch',
    `the checkpoint of step ${step} has seen ${cursor} images, but by this recipe's stages and batch it would be ${expected}; resume with the settings it was made with`,
  );
}

function scalars<T>(of: Readonly<Record<string, T>>, value: (each: T) => number): Record<string, tf.Scalar> {
  return Object.fromEntries(Object.entries(of).map(([name, each]) => [name, tf.scalar(value(each))]));
}

function disposeStepInputs({ batches, step, learningRates, decays, schedules, votes }: StepInputs): void {
  tf.dispose([
    ...batches.flatMap(({ images, labels }) => [images, labels]),
    ...[learningRates, decays, schedules].flatMap((named) => Object.values(named)),
    step,
    votes,
  ]);
}
