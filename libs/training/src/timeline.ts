/** Which stage and batch each step of a run has, and how many images it has seen: pure arithmetic, the same everywhere. */
import type { Game, Stage } from '@kiln/recipes';
import { batchesPerStep } from './phases.ts';

/** A run of steps with one stage and one batch. */
export interface Segment {
  /** Row of the game's stages. */
  readonly stage: number;
  readonly name: string;
  readonly startStep: number;
  readonly startImages: number;
  /** Global batch of one update. */
  readonly batch: number;
  /** All batches of a step together. */
  readonly imagesPerStep: number;
  /** Its first step begins with new optimiser slots. */
  readonly resetsOptimizers: boolean;
}

export const isFirstOf = ({ startStep }: Segment, step: number): boolean => step === startStep;

export class Timeline {
  readonly segments: readonly Segment[];

  /** `batch`: the run's global batch, which stages may lower. Throws `RangeError` for stages out of order. */
  constructor(game: Game, batch: number) {
    const stages = game.stages ?? [{ name: '', fromKimg: 0 }];
    checkStages(stages);
    const segments: Segment[] = [];
    let [step, images, resets] = [0, 0, false];
    stages.forEach((stage, index) => {
      const size = Math.min(batch, stage.maxBatch ?? batch);
      const imagesPerStep = size * batchesPerStep(game);
      resets ||= index > 0 && stage.resetOptimizers === true;
      const end = (stages[index + 1]?.fromKimg ?? Infinity) * 1000;
      const steps = Math.max(0, Math.ceil((end - images) / imagesPerStep));
      // A stage shorter than the step before it has no step of its own.
      if (steps === 0) return;
      segments.push({
        stage: index,
        name: stage.name,
        startStep: step,
        startImages: images,
        batch: size,
        imagesPerStep,
        resetsOptimizers: resets,
      });
      step += steps;
      images += steps * imagesPerStep;
      resets = false;
    });
    this.segments = segments;
  }

  /** The segment of step `step`, counted from 0. */
  at(step: number): Segment {
    return this.segments.findLast(({ startStep }) => startStep <= step)!;
  }

  /** The segment of the step that starts when `images` were seen. */
  atImages(images: number): Segment {
    return this.segments.findLast(({ startImages }) => startImages <= images)!;
  }

  /** Images seen after `steps` steps. */
  imagesAfter(steps: number): number {
    const { startStep, startImages, imagesPerStep } = this.at(steps);
    return startImages + (steps - startStep) * imagesPerStep;
  }

  /** Fewest steps after which `images` were seen. */
  stepsFor(images: number): number {
    const { startStep, startImages, imagesPerStep } = this.atImages(images);
    return startStep + Math.ceil((images - startImages) / imagesPerStep);
  }
}

function checkStages(stages: readonly Stage[]): void {
  stages.forEach(({ name, fromKimg }, index) => {
    const before = stages[index - 1]?.fromKimg ?? 0;
    if (index === 0 ? fromKimg !== 0 : fromKimg < before)
      throw new RangeError(
        `stage ${index} ("${name}") begins at ${fromKimg} kimg; the first stage begins at 0 and each other no earlier than the one before it, here ${before}`,
      );
  });
}
