/** What a step of one stage takes of each device, and how long it lasts, from what tracing it has found. Pure arithmetic. */
import type { Inspection } from '@kiln/training';
import { ringBytes, ringTime, smallTime, type Link } from './exchange-time.ts';

export interface Device extends Link {
  /** Bytes. */
  readonly memory: number;
  /** Operations a second that it really does. */
  readonly flops: number;
}

/** A player's move in every so-manieth step, so many times. */
export interface MoveShare {
  readonly name: string;
  readonly steps: number;
  readonly every: number;
  /** Trained numbers of the player's networks. */
  readonly parameters: number;
}

/** Bytes of one device. */
export interface MemoryPlan {
  readonly weights: number;
  readonly optimizer: number;
  readonly averages: number;
  readonly batch: number;
  /** Of the largest player, once more for the sum where there are several micro-batches. */
  readonly gradients: number;
  /** Everything else that is alive at the peak of a step: activations, and what is new of the state. */
  readonly activations: number;
  readonly total: number;
}

export interface StepPlan {
  readonly memory: MemoryPlan;
  /** Of one device, a step, with what happens in every n-th step only counted for its share. */
  readonly flops: number;
  /** Gradients that each device gives into all-reduces in a step, and bytes that it sends for that. */
  readonly gradientBytes: number;
  readonly sentBytes: number;
  /** Seconds, one after the other. */
  readonly computeSeconds: number;
  readonly exchangeSeconds: number;
  readonly stepSeconds: number;
}

export interface StepFacts {
  readonly workers: number;
  readonly accumulate: number;
  readonly moves: readonly MoveShare[];
  /** Batches of data in a step. */
  readonly batches: number;
  /** Of a step in which each move takes place once, with one micro-batch. */
  readonly inspection: Pick<Inspection, 'cost' | 'memory'>;
}

const float32Bytes = 4;

export function memoryPlan({ inspection, moves, batches, accumulate }: StepFacts): MemoryPlan {
  const { memory, cost } = inspection;
  const largest = Math.max(0, ...moves.map(({ parameters }) => parameters)) * float32Bytes;
  const peak = cost.peak.bytes;
  const kept = {
    weights: memory.networks,
    optimizer: memory.slots,
    averages: memory.averages,
    // All micro-batches of all updates are there from the start.
    batch: memory.inputs * batches * accumulate,
    gradients: Math.min(largest, peak) + (accumulate > 1 ? largest : 0),
    activations: Math.max(0, peak - largest),
  };
  return { ...kept, total: Object.values(kept).reduce((sum, bytes) => sum + bytes, 0) };
}

/** How many steps' worth of a move an average step has. */
const weightOf = ({ steps, every }: MoveShare): number => steps / every;

export function stepPlan(facts: StepFacts, device: Device): StepPlan {
  const { workers, accumulate, moves, inspection } = facts;
  let flops = 0;
  for (const [group, count] of Object.entries(inspection.cost.flopsByGroup)) {
    const move = moves.find(({ name }) => group.startsWith(`${name} `));
    // An update comes once, what leads to it once for every micro-batch.
    const times = group.endsWith(' update') || move === undefined ? 1 : accumulate;
    flops += count * times * (move === undefined ? 1 : weightOf(move));
  }
  let [gradientBytes, gradientSeconds, updates] = [0, 0, 0];
  for (const move of moves) {
    const bytes = move.parameters * float32Bytes;
    gradientBytes += weightOf(move) * bytes;
    gradientSeconds += weightOf(move) * ringTime(workers, bytes, device);
    updates += weightOf(move);
  }
  const perMove = updates / Math.max(1, moves.length);
  // Each gathers statistics once forwards, and gradients once backwards.
  const normalizations = (inspection.cost.nodesByFamily.normalisation ?? 0) * perMove * accumulate;
  const computeSeconds = flops / device.flops;
  const exchangeSeconds = gradientSeconds + normalizations * smallTime(workers, device);
  return {
    memory: memoryPlan(facts),
    flops,
    gradientBytes,
    sentBytes: workers === 1 ? 0 : ringBytes(workers, gradientBytes),
    computeSeconds,
    exchangeSeconds,
    stepSeconds: computeSeconds + exchangeSeconds,
  };
}
