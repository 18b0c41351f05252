/** The compiled functions of a run: one for each stage and set of phases, made when it is first needed. */
import { compile, type Compiled, type Precision } from '@kiln/engine';
import type { BatchStatistics } from '@kiln/nn';
import type { Game, Phase } from '@kiln/recipes';
import { activePhases } from './phases.ts';
import type { TrainingState } from './state.ts';
import { playStep, type StepInputs, type StepOptions, type StepOutputs } from './step.ts';
import { isFirstOf, type Segment } from './timeline.ts';

export interface StepFunctionsOptions {
  readonly game: Game;
  /** Micro-batches in which each worker takes its share of a batch. Default 1. */
  readonly accumulate?: number;
  /** Default `global`. */
  readonly batchStatistics?: BatchStatistics;
  /** Bytes of gradient per all-reduce. */
  readonly bucketBytes?: number;
  /** Also return every all-reduced gradient, for checks. */
  readonly reportGradients?: boolean;
  /** What the step's products and convolutions are computed in. Default `float32`. */
  readonly precision?: Precision;
  /** Compile the step with XLA: as a whole with one worker, around the exchanges with several. */
  readonly xla?: boolean;
}

export interface StepFunction {
  readonly compiled: Compiled<TrainingState, StepInputs, StepOutputs>;
  /** Names of the metrics in its report, known once it was traced. */
  metricNames: readonly string[];
}

/** What a step consists of. Steps with the same `key` share a function. */
interface StepParts {
  readonly key: string;
  readonly phases: readonly Phase[];
  readonly resetOptimizers: boolean;
}

export class StepFunctions {
  readonly #options: StepFunctionsOptions;
  readonly #worldSize: number;
  readonly #functions = new Map<string, StepFunction>();

  constructor(options: StepFunctionsOptions, worldSize: number) {
    this.#options = options;
    this.#worldSize = worldSize;
  }

  /** The function of step `step`, which is in `segment`. */
  of(step: number, segment: Segment): StepFunction {
    const parts = this.#partsOf(step, segment);
    const known = this.#functions.get(parts.key) ?? this.#make(parts, segment.stage);
    this.#functions.set(parts.key, known);
    return known;
  }

  dispose(): void {
    for (const { compiled } of this.#functions.values()) compiled.dispose();
  }

  #partsOf(step: number, segment: Segment): StepParts {
    const { stage, batch } = segment;
    const resetOptimizers = segment.resetsOptimizers && isFirstOf(segment, step);
    const phases = activePhases(this.#options.game, step, stage);
    const key = [stage, batch, resetOptimizers, ...phases.map(({ name }) => name)].join('+');
    return { key, phases, resetOptimizers };
  }

  #make({ phases, resetOptimizers }: StepParts, stage: number): StepFunction {
    const { game, accumulate, batchStatistics = 'global', bucketBytes, reportGradients } = this.#options;
    const { precision, xla } = this.#options;
    const options: StepOptions = {
      batchStatistics,
      worldSize: this.#worldSize,
      stage,
      resetOptimizers,
      ...(accumulate === undefined ? {} : { accumulate }),
      ...(bucketBytes === undefined ? {} : { bucketBytes }),
      ...(reportGradients === undefined ? {} : { reportGradients }),
    };
    const made: StepFunction = {
      compiled: compile(
        'train',
        (state: TrainingState, inputs: StepInputs) => {
          const result = playStep(game, phases, state, inputs, options);
          made.metricNames = result.metricNames;
          return { state: result.state, outputs: result.outputs };
        },
        // Exchanges with other workers are no ops that XLA knows.
        { precision, xla: xla === true && this.#worldSize > 1 ? 'clusters' : xla },
      ),
      metricNames: [],
    };
    return made;
  }
}
