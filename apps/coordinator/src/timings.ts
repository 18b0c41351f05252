/** Every limit of time in a run, in one place; tests shorten them. */
import { limits } from '@kiln/control';

export interface Timings {
  heartbeatIntervalMs: number;
  /** Silence after which a worker is lost. */
  heartbeatTimeoutMs: number;
  /** The same while it loads or compiles. */
  startupTimeoutMs: number;
  joinTimeoutMs: number;
  /** From the opening of a checkpoint to the last shard. */
  saveTimeoutMs: number;
  /** From Stop to the last Leave. */
  stopTimeoutMs: number;
  /** From an abort to the end, for the survivors to leave. */
  abortGraceMs: number;
  /** How long a report of a lost peer waits for the loss itself to be seen. */
  blameWindowMs: number;
  /** How often status.json is written. */
  statusEveryMs: number;
}

export const defaultTimings: Timings = {
  heartbeatIntervalMs: limits.heartbeatIntervalMs,
  heartbeatTimeoutMs: limits.heartbeatTimeoutMs,
  startupTimeoutMs: limits.startupTimeoutMs,
  joinTimeoutMs: limits.joinTimeoutMs,
  saveTimeoutMs: 300_000,
  stopTimeoutMs: 120_000,
  abortGraceMs: 3_000,
  blameWindowMs: 2_000,
  statusEveryMs: 1_000,
};
