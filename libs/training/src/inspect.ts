/** What a training step is and costs, found by tracing it: nothing executes, so the model may be larger than the machine. */
import { compile, costOf, flattenSpecs, specBytes, specSize, type Cost, type Key } from '@kiln/engine';
import type { SpecTree } from '@kiln/engine';
import type { Game } from '@kiln/recipes';
import { activePhases, batchesPerStep } from './phases.ts';
import { initialState, type TrainingState } from './state.ts';
import { phaseOf } from './step-phases.ts';
import { playStep, type StepInputs, type StepOutputs } from './step.ts';

export interface InspectOptions {
  /** Global batch of one update. */
  readonly batch: number;
  readonly workers: number;
  readonly accumulate: number;
  /** Row of the game's stages. */
  readonly stage: number;
  /** `[height, width, channels]` */
  readonly imageShape: readonly [number, number, number];
}

export interface Inspection {
  /** Milliseconds to trace the step. */
  readonly traceMs: number;
  readonly phases: readonly string[];
  readonly networks: readonly {
    readonly name: string;
    readonly parameters: number;
    readonly statistics: number;
  }[];
  /** Of one worker. */
  readonly cost: Cost;
  /** Bytes of one worker. */
  readonly memory: {
    readonly networks: number;
    readonly slots: number;
    readonly averages: number;
    readonly inputs: number;
  };
  /** Serialised GraphDef. */
  readonly graphDef: Uint8Array;
}

const scalar = { shape: [], dtype: 'float32' } as const;
const int32 = (...shape: number[]) => ({ shape, dtype: 'int32' }) as const;

function inputSpecs(game: Game, { batch, workers, imageShape }: InspectOptions): SpecTree {
  const share = batch / workers;
  const scalars = (of: object): SpecTree => Object.fromEntries(Object.keys(of).map((name) => [name, scalar]));
  const batches = Array.from({ length: batchesPerStep(game) }, () => ({
    images: { shape: [share, ...imageShape], dtype: 'float32' as const },
    labels: int32(share),
  }));
  return {
    batches,
    rows: int32(share),
    key: int32(2),
    step: int32(),
    votes: { shape: [2], dtype: 'float32' },
    learningRates: scalars(game.players),
    schedules: scalars(game.schedules ?? {}),
    decays: Object.fromEntries(game.averages.map(({ network }) => [network, scalar])),
  };
}

/** The step in which every phase of the stage takes part, as one worker of the run would compile it, without its all-reduces. */
export function inspectStep(game: Game, options: InspectOptions): Inspection {
  const { stage, workers, accumulate } = options;
  const phases = activePhases(game, 0, stage);
  const initialize = compile('initialize', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialState(game, key),
  }));
  const step = compile<TrainingState, StepInputs, StepOutputs>('train', (state, inputs) =>
    playStep(game, phases, state, inputs, {
      batchStatistics: 'global',
      worldSize: workers,
      stage,
      accumulate,
    }),
  );
  try {
    const state = initialize.trace({}, { key: int32(2) }).outputs as {
      readonly networks: Readonly<Record<string, { params: SpecTree; stats: SpecTree }>>;
      readonly slots: SpecTree;
      readonly averages: SpecTree;
    };
    const inputs = inputSpecs(game, options);
    const { graph, graphDef, traceMs } = step.trace(state, inputs);
    const count = (tree: SpecTree): number =>
      [...flattenSpecs(tree).values()].reduce((sum, spec) => sum + specSize(spec), 0);
    const bytes = (tree: SpecTree): number =>
      [...flattenSpecs(tree).values()].reduce((sum, spec) => sum + specBytes(spec), 0);
    return {
      traceMs,
      phases: phases.map(({ name }) => name),
      networks: Object.entries(state.networks).map(([name, { params, stats }]) => ({
        name,
        parameters: count(params),
        statistics: count(stats),
      })),
      cost: costOf(graph, phaseOf),
      memory: {
        networks: bytes(state.networks),
        slots: bytes(state.slots),
        averages: bytes(state.averages),
        inputs: bytes(inputs),
      },
      graphDef,
    };
  } finally {
    initialize.dispose();
    step.dispose();
  }
}
