/**
 * The arithmetic of the global order: which sample positions a rank draws. Pure.
 *
 * Global batch k covers the positions [startIndex + k * batch, + batch); rank r takes the r-th contiguous part of it. What is
 * at a position depends on nothing but (seed, position), so neither the number of workers nor a restart changes it.
 */
import { DatasetError } from './errors.ts';

export interface OrderOptions {
  /** Seeds the shuffle of every epoch. */
  readonly seed: number;
  /** Global batch: samples drawn by all ranks together. */
  readonly batch: number;
  readonly rank?: number;
  readonly worldSize?: number;
  /** First global sample position; where an earlier iterator was left off. */
  readonly startIndex?: number;
}

export interface Order {
  readonly seed: number;
  readonly batch: number;
  /** This rank's part of each batch. */
  readonly local: number;
  readonly rank: number;
  readonly worldSize: number;
  readonly startIndex: number;
}

/** Checks the options and fills in the defaults of a single process. */
export function resolveOrder(options: OrderOptions): Order {
  const { seed, batch, rank = 0, worldSize = 1, startIndex = 0 } = options;
  whole('seed', seed, 0, 2 ** 32 - 1, '--seed');
  whole('batch', batch, 1, 2 ** 24, '--batch');
  whole('worldSize', worldSize, 1, 2 ** 20, '--workers');
  whole('rank', rank, 0, worldSize - 1, '--workers');
  whole('startIndex', startIndex, 0, 2 ** 52, 'the checkpoint to resume from');
  if (batch % worldSize !== 0) {
    const below = batch - (batch % worldSize);
    const advice = [below, below + worldSize].filter((size) => size > 0).join(' or ');
    throw new DatasetError(
      'bad-spec',
      `batch ${batch} is not divisible by ${worldSize} workers; use --batch ${advice}, or change --workers`,
    );
  }
  return { seed, batch, local: batch / worldSize, rank, worldSize, startIndex };
}

/** The first of this rank's contiguous positions in global batch `k`. */
export function firstPosition(order: Order, k: number): number {
  return order.startIndex + k * order.batch + order.rank * order.local;
}

/** This rank's positions in global batch `k`. */
export function positionsOf(order: Order, k: number): number[] {
  const first = firstPosition(order, k);
  return Array.from({ length: order.local }, (_, j) => first + j);
}

function whole(name: string, value: number, low: number, high: number, change: string): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new DatasetError(
    'bad-spec',
    `${name} must be a whole number from ${low} to ${high}, got ${value}; change ${change}`,
  );
}
