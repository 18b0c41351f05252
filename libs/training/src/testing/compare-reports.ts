/** How far apart two groups of workers are in what they computed. */
import type { RankReport } from './train-on-ranks.ts';

type Values = Readonly<Record<string, ArrayLike<number>>>;

const norm = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return Math.sqrt(sum);
};

/** Norm of the difference over the norm of `expected`, or over `least` where that is larger. */
export function relativeDifference(
  expected: ArrayLike<number>,
  got: ArrayLike<number>,
  least = Number.MIN_VALUE,
): number {
  const difference = norm(Float64Array.from(expected, (value, i) => value - got[i]!));
  // Where all is 0, so is what it would be relative to.
  return difference === 0 ? 0 : difference / Math.max(norm(expected), least);
}

/**
 * A tensor that is nothing by its formula, as the gradient of a bias in front of a batch norm, or a small difference of large
 * terms, as that of a critic's last bias, is rounding, of which no two runs have the same. Tensors are therefore compared with at
 * least this share of the largest of their phase: with a bound of 1e-5 on the result, what escapes is below 2.4e-7 of the largest,
 * two units in the last place of its float32.
 */
const leastShare = 0.024;

export interface Difference {
  readonly value: number;
  /** The name of the tensor that differs most. */
  readonly worst: string;
}

/** The largest relative difference over tensors, which are compared within what their names begin with: `stage/phase/path`. */
export function largestDifference(expected: Values, got: Values): Difference {
  const groupOf = (name: string): string => name.split('/').slice(0, 2).join('/');
  const largest = new Map<string, number>();
  for (const [name, values] of Object.entries(expected))
    largest.set(groupOf(name), Math.max(largest.get(groupOf(name)) ?? 0, norm(values)));
  let result: Difference = { value: 0, worst: '' };
  for (const [name, values] of Object.entries(expected)) {
    const value = relativeDifference(values, got[name] ?? [], leastShare * largest.get(groupOf(name))!);
    // What is not a number is as bad as it gets.
    if (!(value <= result.value)) result = { value: Number.isNaN(value) ? Infinity : value, worst: name };
  }
  return result;
}

/** The largest difference between losses over all steps; some pass through 0: relative to 1 at least. */
function lossDifference(expected: RankReport, got: RankReport): number {
  const differences = expected.metrics.flatMap((metrics, step) =>
    Object.entries(metrics)
      .filter(([name]) => name.startsWith('loss/'))
      .map(([name, value]) => Math.abs(got.metrics[step]![name]! - value) / Math.max(Math.abs(value), 1)),
  );
  return Math.max(0, ...differences);
}

export interface Comparison {
  /** Of each phase, before any update. */
  readonly gradients: Difference;
  /** Statistics and declared state after each phase. */
  readonly carried: Difference;
  /** Over all steps. */
  readonly losses: number;
  /** How far training has moved the weights of each network, relative to that. */
  readonly weights: Difference;
}

export function compareReports(expected: RankReport, got: RankReport): Comparison {
  return {
    gradients: largestDifference(expected.first.gradients, got.first.gradients),
    carried: largestDifference(expected.first.carried, got.first.carried),
    losses: lossDifference(expected, got),
    weights: largestDifference(expected.moved, got.moved),
  };
}
