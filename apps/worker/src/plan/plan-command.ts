/** `kiln plan`: what a run of a recipe would need of given devices, and how long it would take. Traces its steps, runs none. */
import { startEngine } from '@kiln/engine';
import { isMove, type Game } from '@kiln/recipes';
import { batchesPerStep, checkedTimeline, inspectStep, TrainingError, type Inspection } from '@kiln/training';
import { gameOf, resolveConfig, type TrainOptions } from '../resolve-config.ts';
import { divisors, smallestAccumulation } from './smallest-accumulation.ts';
import { memoryPlan, stepPlan, type Device, type MoveShare, type StepPlan } from './stage-plan.ts';

export interface StageAnswer extends StepPlan {
  /** Empty where a recipe has no stages. */
  readonly name: string;
  readonly batch: number;
  readonly steps: number;
  readonly kimg: number;
  readonly imagesPerSecond: number;
}

export interface PlanAnswer {
  readonly recipe: string;
  readonly batch: number;
  readonly workers: number;
  readonly accumulate: number;
  readonly precision: string;
  readonly device: Device;
  readonly networks: Inspection['networks'];
  /** In order; those that the run's length does not reach are left out. */
  readonly stages: readonly StageAnswer[];
  readonly steps: number;
  readonly kimg: number;
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Bytes that a device needs in the stage that needs most. */
  readonly peakBytes: number;
  readonly fits: boolean;
  /** Micro-batches with which every stage fits; null: not even the smallest do. */
  readonly smallestAccumulation: number | null;
}

export async function plan(recipe: string, options: TrainOptions, device: Device): Promise<PlanAnswer> {
  const config = await resolveConfig(recipe, { ...options, dryRun: true });
  startEngine({ device: 'cpu' });
  const game = gameOf(config);
  const { workers, accumulate } = config;
  const segments = checkedTimeline(game, config).segments.filter(({ startStep }) => startStep < config.steps);
  const batches = batchesPerStep(game);
  const inspected = new Map<string, Inspection>();
  const inspect = (stage: number, batch: number): Inspection => {
    const known = inspected.get(`${stage} ${batch}`);
    if (known !== undefined) return known;
    const { imageShape } = config.dataInfo;
    const found = inspectStep(onceEach(game), { batch, workers, accumulate: 1, stage, imageShape });
    inspected.set(`${stage} ${batch}`, found);
    return found;
  };
  const factsFor = (stage: number, batch: number, pieces: number) => {
    const inspection = inspect(stage, batch / pieces);
    return { workers, accumulate: pieces, batches, inspection, moves: movesOf(game, stage, inspection) };
  };

  const stages = segments.map(({ stage, name, batch, startStep, imagesPerStep }, index): StageAnswer => {
    const steps = (segments[index + 1]?.startStep ?? config.steps) - startStep;
    const step = stepPlan(factsFor(stage, batch, accumulate), device);
    return {
      name,
      batch,
      steps,
      ...step,
      kimg: (steps * imagesPerStep) / 1000,
      imagesPerSecond: imagesPerStep / step.stepSeconds,
    };
  });
  const seconds = stages.reduce((sum, { steps, stepSeconds }) => sum + steps * stepSeconds, 0);
  const peak = stages.reduce((most, stage) => (stage.memory.total > most.memory.total ? stage : most));
  const worst = segments[stages.indexOf(peak)]!;
  return {
    recipe,
    batch: config.batch,
    workers,
    accumulate,
    precision: config.precision,
    device,
    networks: inspected.values().next().value!.networks,
    stages,
    steps: config.steps,
    kimg: config.kimg,
    seconds,
    imagesPerSecond: (config.kimg * 1000) / seconds,
    peakBytes: peak.memory.total,
    fits: peak.memory.total <= device.memory,
    smallestAccumulation: smallestAccumulation(
      divisors(worst.batch / workers).filter((pieces) => canSplit(game, { ...config, accumulate: pieces })),
      device.memory,
      (pieces) => memoryPlan(factsFor(worst.stage, worst.batch, pieces)).total,
    ),
  };
}

/** Whether a run could take its batches in so many pieces, in every stage. */
function canSplit(game: Game, split: Parameters<typeof checkedTimeline>[1]): boolean {
  try {
    checkedTimeline(game, split);
    return true;
  } catch (error) {
    if (error instanceof TrainingError) return false;
    throw error;
  }
}

/** Updates of one player in a step follow one another and need the memory of one: each is traced once. */
const onceEach = (game: Game): Game => ({
  ...game,
  phases: game.phases.map((phase) => (isMove(phase) ? { ...phase, steps: 1 } : phase)),
});

function movesOf(game: Game, stage: number, { networks }: Inspection): MoveShare[] {
  const parametersOf = (network: string): number =>
    networks.find(({ name }) => name === network)?.parameters ?? 0;
  return game.phases
    .filter(isMove)
    .filter(({ stages }) => stages === undefined || stages.includes(stage))
    .map(({ name, steps, every, player }) => ({
      name,
      steps,
      every,
      parameters: game.players[player]!.owns.reduce((sum, network) => sum + parametersOf(network), 0),
    }));
}
