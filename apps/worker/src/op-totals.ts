/** Adds up the ops of profiled steps: which kinds and which single ones take longest. */
import type { StepProfile } from '@kiln/training';

export interface OpTotal {
  readonly name: string;
  /** Kernel that ran. */
  readonly op: string;
  /** Times a step. */
  readonly count: number;
  /** Milliseconds a step. */
  readonly ms: number;
}

export interface OpTotals {
  readonly steps: number;
  /** Median, from the first op to the last. */
  readonly stepMs: number;
  /** All ops of a step together; more than `stepMs` where threads work side by side. */
  readonly opMs: number;
  readonly byOp: readonly OpTotal[];
  readonly longest: readonly OpTotal[];
}

const shownOps = 20;

export function opTotals(profiles: readonly StepProfile[]): OpTotals {
  const steps = profiles.length;
  const ops = profiles.flatMap((profile) => profile.ops);
  const total = (key: (op: (typeof ops)[number]) => string): OpTotal[] =>
    [...Map.groupBy(ops, key)]
      .map(([name, own]) => ({
        name,
        op: own[0]!.op,
        count: own.length / steps,
        ms: own.reduce((sum, { duration }) => sum + duration, 0) / 1000 / steps,
      }))
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, shownOps);
  const lengths = profiles
    .map(({ ops: own }) => {
      const end = own.reduce((last, { start, duration }) => Math.max(last, start + duration), 0);
      const begin = own.reduce((first, { start }) => Math.min(first, start), Number.POSITIVE_INFINITY);
      return (end - begin) / 1000;
    })
    .toSorted((a, b) => a - b);
  return {
    steps,
    stepMs: lengths[steps >> 1] ?? 0,
    opMs: ops.reduce((sum, { duration }) => sum + duration, 0) / 1000 / Math.max(steps, 1),
    byOp: total(({ op }) => op),
    longest: total(({ name }) => name),
  };
}
