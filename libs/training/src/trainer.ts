/** Trains one game on this worker: feeds the compiled step and keeps count. Knows players, not systems. */
import { worldSize } from '@kiln/collectives';
import {
  compile,
  random,
  readTree,
  specsOf,
  StateCell,
  unflattenTree,
  type Compiled,
  type Key,
  type Precision,
  type TraceReport,
} from '@kiln/engine';
import type { BatchIterator, Dataset } from '@kiln/datasets';
import { averageDecay, type BatchStatistics } from '@kiln/nn';
import type { Game, Phase } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { checkBatch } from './check-batch.ts';
import { TrainingError } from './errors.ts';
import { activePhases, batchesPerStep } from './phases.ts';
import { initialState, type TrainingState } from './state.ts';
import { playStep, type StepInputs, type StepOptions, type StepOutputs } from './step.ts';

export interface TrainerOptions {
  readonly game: Game;
  readonly dataset: Dataset;
  readonly seed: number;
  /** Global batch. */
  readonly batch: number;
  readonly rank: number;
  readonly batchStatistics?: BatchStatistics;
  readonly bucketBytes?: number;
  readonly reportGradients?: boolean;
  /** What the step's products and convolutions are computed in. Default `float32`. */
  readonly precision?: Precision;
}

/** A stored state to go on from. */
export interface Snapshot {
  readonly step: number;
  /** Next global sample position. */
  readonly cursor: number;
  readonly tensors: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array | Int32Array }
  >;
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
}

/** Requests that all workers must follow after the same step, or they would wait for each other for ever. */
export interface Votes {
  readonly stop: boolean;
  readonly checkpoint: boolean;
}

type CompiledStep = Compiled<TrainingState, StepInputs, StepOutputs>;

export class Trainer {
  readonly options: TrainerOptions;
  readonly cell: StateCell<TrainingState>;
  #step: number;
  #cursor: number;
  readonly #worldSize = worldSize();
  readonly #localBatch: number;
  readonly #batches: BatchIterator;
  readonly #steps = new Map<string, { compiled: CompiledStep; names: { value: string[] } }>();
  readonly #constants: { rows: tf.Tensor; key: Key };
  #lastTrace: (() => TraceReport) | undefined;
  /** Gradients of the last step, when asked for; owned by the trainer until the next step. */
  lastGradients: StepOutputs['gradients'] | undefined;

  private constructor(options: TrainerOptions, state: TrainingState, step: number, cursor: number) {
    this.options = options;
    this.cell = new StateCell(state);
    this.#step = step;
    this.#cursor = cursor;
    this.#localBatch = options.batch / this.#worldSize;
    const first = options.rank * this.#localBatch;
    this.#constants = {
      rows: tf.tensor1d(
        Array.from({ length: this.#localBatch }, (_, i) => first + i),
        'int32',
      ),
      key: random.key(options.seed, 'step'),
    };
    this.#batches = options.dataset.batches({
      seed: options.seed,
      batch: options.batch,
      rank: options.rank,
      worldSize: this.#worldSize,
      startIndex: cursor,
    });
  }

  /** Throws `TrainingError` when the batch does not divide or a snapshot is not of this game. */
  static async create(options: TrainerOptions, snapshot?: Snapshot): Promise<Trainer> {
    checkBatch(options.batch, worldSize());
    const fresh = await freshState(options.game, options.seed);
    if (snapshot === undefined) return new Trainer(options, fresh, 0, 0);
    const state = restored(fresh, snapshot);
    tf.dispose(fresh as unknown as tf.TensorContainer);
    return new Trainer(options, state, snapshot.step, snapshot.cursor);
  }

  get step(): number {
    return this.#step;
  }

  /** Next global sample position: the whole state of the data pipeline. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Images one step consumes, over all workers. */
  get imagesPerStep(): number {
    return this.options.batch * batchesPerStep(this.options.game);
  }

  /** Trains one step on all workers. A step that fails has changed nothing. */
  async next(votes: Votes = { stop: false, checkpoint: false }): Promise<StepReport> {
    const { game } = this.options;
    const { compiled, names } = this.#compiledFor(activePhases(game, this.#step));
    const asked = performance.now();
    const inputs = await this.#inputs(votes);
    const dataWaitMs = performance.now() - asked;
    const specs = [specsOf(this.cell.value), specsOf(inputs)] as const;
    this.#lastTrace = () => compiled.trace(...specs);
    try {
      const outputs = await compiled.run(this.cell, inputs);
      const values = await outputs.report.data();
      outputs.report.dispose();
      tf.dispose(this.lastGradients as unknown as tf.TensorContainer);
      this.lastGradients = outputs.gradients;
      this.#step += 1;
      this.#cursor += this.imagesPerStep;
      const metrics = Object.fromEntries(names.value.map((name, index) => [name, values[index]!]));
      this.#checkFinite(metrics);
      const [stop, checkpoint] = values.slice(names.value.length);
      return {
        step: this.#step,
        images: this.#cursor,
        metrics,
        dataWaitMs,
        votes: { stop: stop! > 0, checkpoint: checkpoint! > 0 },
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

  /** The serialised GraphDef of the last step, for TensorBoard; undefined before the first one. */
  graphDef(): Uint8Array | undefined {
    return this.#lastTrace?.().graphDef;
  }

  /** Frees everything it holds. */
  async close(): Promise<void> {
    await this.#batches.close();
    for (const { compiled } of this.#steps.values()) compiled.dispose();
    this.cell.dispose();
    tf.dispose(this.#constants as unknown as tf.TensorContainer);
    tf.dispose(this.lastGradients as unknown as tf.TensorContainer);
  }

  #compiledFor(phases: Phase[]): { compiled: CompiledStep; names: { value: string[] } } {
    const key = phases.map(({ name }) => name).join('+');
    let entry = this.#steps.get(key);
    if (entry === undefined) {
      const { game, batchStatistics = 'global', bucketBytes, reportGradients, precision } = this.options;
      const options: StepOptions = {
        batchStatistics,
        worldSize: this.#worldSize,
        ...(bucketBytes === undefined ? {} : { bucketBytes }),
        ...(reportGradients === undefined ? {} : { reportGradients }),
      };
      const names = { value: [] as string[] };
      const compiled: CompiledStep = compile(
        'train',
        (state: TrainingState, inputs: StepInputs) => {
          const result = playStep(game, phases, state, inputs, options);
          names.value = result.metricNames;
          return { state: result.state, outputs: result.outputs };
        },
        { precision },
      );
      entry = { compiled, names };
      this.#steps.set(key, entry);
    }
    return entry;
  }

  async #inputs(votes: Votes): Promise<StepInputs> {
    const { game, batch } = this.options;
    const batches = [];
    for (let index = 0; index < batchesPerStep(game); index++) {
      const { images, labels } = await this.#batches.next();
      batches.push({ images, labels });
    }
    const seen = this.#cursor + this.imagesPerStep;
    return {
      batches,
      ...this.#constants,
      step: tf.scalar(this.#step, 'int32'),
      votes: tf.tensor1d([Number(votes.stop), Number(votes.checkpoint)]),
      learningRates: Object.fromEntries(
        Object.entries(game.players).map(([name, player]) => [
          name,
          tf.scalar(player.learningRate(this.#cursor)),
        ]),
      ),
      decays: Object.fromEntries(
        game.averages.map((average) => [average.network, tf.scalar(averageDecay(average, batch, seen))]),
      ),
    };
  }

  #checkFinite(metrics: Record<string, number>): void {
    for (const [name, value] of Object.entries(metrics)) {
      if (!Number.isFinite(value))
        throw new TrainingError(
          'not-finite',
          `${name} became ${value} at step ${this.#step}; lower the learning rates (--set learningRateG=… learningRateD=…) and resume from the last checkpoint`,
        );
    }
  }
}

function disposeStepInputs({ batches, step, learningRates, decays, votes }: StepInputs): void {
  const scalars = [step, votes, ...Object.values(learningRates), ...Object.values(decays)];
  tf.dispose([...batches.flatMap(({ images, labels }) => [images, labels]), ...scalars]);
}

async function freshState(game: Game, seed: number): Promise<TrainingState> {
  const init = compile('initialize', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialState(game, key),
  }));
  const key = random.key(seed, 'weights');
  const state = await init.run(new StateCell({}), { key });
  key.dispose();
  init.dispose();
  return state;
}

/** Every tensor of the state by its path, in the order of the tree. */
export function stateEntries(state: TrainingState): [string, tf.Tensor][] {
  const entries: [string, tf.Tensor][] = [];
  const visit = (node: object, path: string): void => {
    for (const [name, value] of Object.entries(node)) {
      const at = path === '' ? name : `${path}/${name}`;
      if (value instanceof tf.Tensor) entries.push([at, value]);
      else visit(value as object, at);
    }
  };
  visit(state, '');
  return entries;
}

function restored(like: TrainingState, snapshot: Snapshot): TrainingState {
  const leaves = new Map<string, tf.Tensor>();
  for (const [path, tensor] of stateEntries(like)) {
    const stored = snapshot.tensors.get(path);
    if (stored === undefined)
      throw new TrainingError(
        'state-mismatch',
        `the checkpoint has no tensor "${path}", which this recipe and its settings need; resume with the settings it was made with`,
      );
    if (stored.shape.join() !== tensor.shape.join())
      throw new TrainingError(
        'state-mismatch',
        `tensor "${path}" of the checkpoint is [${stored.shape.join(', ')}], this recipe needs [${tensor.shape.join(', ')}]; resume with the settings it was made with`,
      );
    leaves.set(path, tf.tensor(stored.data, [...stored.shape], tensor.dtype));
  }
  return unflattenTree(like, leaves);
}
