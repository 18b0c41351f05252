/** FID and KID while training: every so many thousand images, of the averaged networks as they are then, by all workers. */
import { CollectiveError, rank } from '@kiln/collectives';
import { SampleDrawer, sampleVariables, type Trainer } from '@kiln/training';
import type { FeatureExtractor } from '@kiln/metrics';
import { dataOf, type EvaluationSchedule, type RunConfig } from '../run-config.ts';
import { WorkerError } from '../worker-error.ts';
import { evaluateSamples, record, type Evaluation, type EvaluationOptions } from './evaluation.ts';
import { openExtractor } from './extractors.ts';
import { referenceOf, type LoadedReference } from './reference.ts';

export interface ScheduledOptions {
  readonly runFolder: string;
  readonly config: RunConfig;
  readonly trainer: Trainer;
  readonly warn: (message: string) => void;
}

type Progressing = Pick<EvaluationOptions, 'onProgress' | 'giveUp'>;

export class ScheduledEvaluation {
  readonly #options: ScheduledOptions;
  readonly #schedule: EvaluationSchedule;
  readonly #extractor: FeatureExtractor;
  readonly #reference: LoadedReference;
  readonly #drawer: SampleDrawer;

  private constructor(
    options: ScheduledOptions,
    schedule: EvaluationSchedule,
    extractor: FeatureExtractor,
    reference: LoadedReference,
  ) {
    this.#options = options;
    this.#schedule = schedule;
    this.#extractor = extractor;
    this.#reference = reference;
    const { game, batch } = options.trainer.options;
    this.#drawer = new SampleDrawer(game, batch);
  }

  /** Undefined where none is asked for. All workers must call it: they compute the reference statistics together. */
  static async open(options: ScheduledOptions): Promise<ScheduledEvaluation | undefined> {
    const { config, warn } = options;
    const { evaluation } = config;
    if (evaluation === undefined) return undefined;
    const extractor = await openExtractor(evaluation.extractor);
    const { weights, hash } = evaluation.extractor;
    if (hash !== undefined && extractor.weights !== hash)
      throw new WorkerError(
        'usage',
        `${weights} is not the file that the run began with (${extractor.weights}, then ${hash}), and its numbers would not go with the earlier ones; put that back`,
      );
    return new ScheduledEvaluation(
      options,
      evaluation,
      extractor,
      await referenceOf({ data: dataOf(config), extractor, warn }),
    );
  }

  /** Whether `step`, which went from one number of images to the other, is followed by an evaluation. The run's last one is. */
  due(imagesBefore: number, images: number, step: number): boolean {
    const every = this.#schedule.everyKimg * 1000;
    return (
      Math.floor(images / every) > Math.floor(imagesBefore / every) || step >= this.#options.config.steps
    );
  }

  /**
   * All workers must call it after the same step; all get the same numbers, or undefined where one of them wanted to give it up.
   * What `onProgress` throws ends it.
   */
  async run({ onProgress, giveUp }: Progressing = {}): Promise<Evaluation | undefined> {
    const { trainer, runFolder } = this.#options;
    const { num } = this.#schedule;
    const { game } = trainer.options;
    const evaluating = evaluateSamples({
      game,
      drawer: this.#drawer,
      variables: sampleVariables(game, trainer.cell.value),
      extractor: this.#extractor,
      reference: this.#reference,
      num,
      seed: 0,
      request: { images: trainer.cursor },
      standing: 0,
      step: trainer.step,
      checkpoint: null,
      onProgress,
      giveUp,
    });
    const evaluation = await evaluating.catch((error: unknown) => {
      if (error instanceof CollectiveError && error.code === 'given-up') return undefined;
      throw error;
    });
    if (evaluation === undefined) return undefined;
    if (rank() === 0) await record(runFolder, evaluation);
    return evaluation;
  }

  dispose(): void {
    this.#extractor.dispose();
    this.#drawer.dispose();
  }
}
