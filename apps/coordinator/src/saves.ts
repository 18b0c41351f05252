/** The coordinator's side of a checkpoint: one staging folder per attempt, a commit once every rank's shard is in, or none at all. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { abandonCheckpoint, beginCheckpoint, commitCheckpoint, retain } from '@kiln/checkpoints';
import {
  ControlError,
  type CheckpointOpening,
  type CheckpointSaved,
  type CheckpointStatus,
} from '@kiln/control';
import type { SaveResult, ShardRecord, ShardReport } from '@kiln/control';

/** @kiln/checkpoints, as far as it is used here; tests put a disk that fails in its place. */
export const checkpointStore = {
  abandonCheckpoint,
  beginCheckpoint,
  commitCheckpoint,
  retain,
  isThere: (path: string): boolean => existsSync(path),
};
export type CheckpointStore = typeof checkpointStore;

export interface SavesOptions {
  /** The run's `checkpoints` folder. */
  root: string;
  worldSize: number;
  keepLast: number;
  /** The best checkpoint by this metric is kept as well. */
  keepBest?: { metric: string; order: 'min' | 'max' } | undefined;
  /** Every so many steps a checkpoint is permanent; 0: only those that a worker calls so. */
  permanentSteps: number;
  timeoutMs: number;
  /** Added to every manifest's meta. */
  meta: Record<string, unknown>;
  store: CheckpointStore;
  resumedFrom: { step: number; path: string } | undefined;
  onSaved(saved: CheckpointSaved): void;
  onWarning(message: string): void;
}

interface Attempt {
  step: number;
  nonce: string;
  permanent: boolean;
  startedAtMs: number;
  opening: Promise<CheckpointOpening>;
  staging: string;
  opened: Set<number>;
  shards: Map<number, ShardRecord>;
  metaJson: string;
  expected: string[];
  result: PromiseWithResolvers<SaveResult>;
  /** From here on the outcome is the commit's alone: no late error and no abort may remove its folder. */
  committing: boolean;
  settled: boolean;
  timer: NodeJS.Timeout | undefined;
}

export class Saves {
  readonly status: CheckpointStatus;
  private readonly options: SavesOptions;
  /** The latest attempt for each step. */
  private readonly attempts = new Map<number, Attempt>();
  private readonly committed = new Map<number, string>();
  private ended: ControlError | undefined;

  constructor(options: SavesOptions) {
    this.options = options;
    const { step = null, path = '' } = options.resumedFrom ?? {};
    this.status = { committed: 0, failed: 0, lastStep: step, lastPath: path, lastError: '' };
  }

  /** The first rank to ask opens an attempt; the others get the same. A rank that asks again after its end opens another. */
  async begin(rank: number, step: number, permanent: boolean): Promise<CheckpointOpening> {
    if (this.ended) throw this.ended;
    const committedPath = this.committed.get(step);
    // A run that went back to an earlier step has removed what it saves again.
    if (committedPath !== undefined && !this.options.store.isThere(committedPath))
      this.committed.delete(step);
    else if (committedPath !== undefined) return { staging: '', nonce: '', error: '', committedPath };
    const current = this.attempts.get(step);
    const attempt =
      !current || (current.settled && current.opened.has(rank)) ? this.open(step, permanent) : current;
    attempt.opened.add(rank);
    if (attempt.settled)
      return { staging: '', nonce: '', error: (await attempt.result.promise).error, committedPath: '' };
    return attempt.opening;
  }

  /** Resolves when the attempt has ended, for all ranks alike. */
  async report(rank: number, report: ShardReport): Promise<SaveResult> {
    if (this.ended) throw this.ended;
    const attempt = this.attempts.get(report.step);
    if (!attempt || attempt.nonce !== report.nonce) {
      throw new ControlError(
        'invalid',
        `nonce: no save of step ${report.step} with nonce "${report.nonce}" is open; begin it first`,
      );
    }
    if (attempt.settled) {
      // This rank may have written into the folder after it was removed.
      if (!(await attempt.result.promise).committed) await this.clean(attempt);
      return attempt.result.promise;
    }
    if (attempt.committing) return attempt.result.promise;
    if (report.error !== '')
      await this.giveUp(attempt, `rank ${rank} could not write its shard: ${report.error}`);
    else if (!report.shard)
      throw new ControlError('invalid', 'shard: expected a record, or error, got neither');
    else {
      if (rank === 0) {
        attempt.metaJson = report.metaJson;
        attempt.expected = report.expected;
      }
      attempt.shards.set(rank, report.shard);
      if (attempt.shards.size === this.options.worldSize) await this.commit(attempt);
    }
    return attempt.result.promise;
  }

  /** Gives up every attempt that waits for shards and lets a commit end; no save can begin any more. */
  async close(error: ControlError): Promise<void> {
    this.ended = error;
    for (const attempt of this.attempts.values()) {
      if (attempt.committing) await attempt.result.promise;
      else if (!attempt.settled) await this.giveUp(attempt, error.message);
    }
  }

  private open(step: number, permanent: boolean): Attempt {
    const { root, permanentSteps, store, timeoutMs } = this.options;
    const nonce = randomBytes(6).toString('hex');
    const attempt: Attempt = {
      step,
      nonce,
      permanent: permanent || (permanentSteps > 0 && step > 0 && step % permanentSteps === 0),
      startedAtMs: performance.now(),
      opening: Promise.resolve({ staging: '', nonce, error: '', committedPath: '' }),
      staging: '',
      opened: new Set(),
      shards: new Map(),
      metaJson: '',
      expected: [],
      result: Promise.withResolvers(),
      committing: false,
      settled: false,
      timer: undefined,
    };
    attempt.timer = setTimeout(() => void this.giveUp(attempt, this.overdue(attempt)), timeoutMs);
    attempt.opening = store.beginCheckpoint(root, step, nonce).then(
      async (staging) => {
        attempt.staging = staging;
        if (!attempt.settled) return { staging, nonce, error: '', committedPath: '' };
        await this.clean(attempt);
        const { error } = await attempt.result.promise;
        return { staging: '', nonce: '', error, committedPath: '' };
      },
      async (cause: unknown) => {
        const { error } = await this.giveUp(attempt, textOf(cause));
        return { staging: '', nonce: '', error, committedPath: '' };
      },
    );
    this.forgetBefore(step);
    this.attempts.set(step, attempt);
    return attempt;
  }

  private async commit(attempt: Attempt): Promise<void> {
    const { root, worldSize, store, meta } = this.options;
    attempt.committing = true;
    clearTimeout(attempt.timer);
    try {
      const shards = Array.from({ length: worldSize }, (_, rank) => attempt.shards.get(rank) as ShardRecord);
      const { path } = await store.commitCheckpoint({
        root,
        step: attempt.step,
        staging: attempt.staging,
        // Their fields are checked there: what a dtype may be is that library's business.
        shards: shards as Parameters<CheckpointStore['commitCheckpoint']>[0]['shards'],
        ...(attempt.expected.length > 0 ? { expectedTensors: attempt.expected } : {}),
        meta: { ...parseMeta(attempt.metaJson), ...meta },
        permanent: attempt.permanent,
      });
      this.settle(attempt, { committed: true, path, error: '' });
    } catch (cause) {
      await this.giveUp(attempt, textOf(cause));
      return;
    }
    try {
      await store.retain(root, { keepLast: this.options.keepLast, keepBest: this.options.keepBest });
    } catch (cause) {
      this.options.onWarning(`older checkpoints could not be removed: ${textOf(cause)}`);
    }
  }

  private async giveUp(attempt: Attempt, error: string): Promise<SaveResult> {
    if (!attempt.settled) {
      this.settle(attempt, { committed: false, path: '', error });
      await this.clean(attempt);
    }
    return attempt.result.promise;
  }

  private async clean({ staging }: Attempt): Promise<void> {
    try {
      if (staging !== '') await this.options.store.abandonCheckpoint(staging);
    } catch (cause) {
      this.options.onWarning(`what a failed save left could not be removed: ${textOf(cause)}`);
    }
  }

  private settle(attempt: Attempt, result: SaveResult): void {
    clearTimeout(attempt.timer);
    attempt.settled = true;
    if (result.committed) {
      this.committed.set(attempt.step, result.path);
      this.status.committed += 1;
      this.status.lastStep = attempt.step;
      this.status.lastPath = result.path;
    } else {
      this.status.failed += 1;
      this.status.lastError = result.error;
    }
    attempt.result.resolve(result);
    this.options.onSaved({
      ...result,
      step: attempt.step,
      seconds: (performance.now() - attempt.startedAtMs) / 1000,
    });
  }

  private overdue({ shards }: Attempt): string {
    const { worldSize, timeoutMs } = this.options;
    const late = Array.from({ length: worldSize }, (_, rank) => rank).filter((rank) => !shards.has(rank));
    return `no shard from rank ${late.join(', ')} within ${timeoutMs / 1000} s`;
  }

  /** Answered attempts of earlier steps are kept only as long as a slow rank may still ask for them. */
  private forgetBefore(step: number): void {
    for (const [old, { settled }] of this.attempts)
      if (settled && old < step && this.attempts.size > 8) this.attempts.delete(old);
    for (const old of this.committed.keys())
      if (old < step && this.committed.size > 8) this.committed.delete(old);
  }
}

/** The tag of a CheckpointError stays: it names the file. */
const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function parseMeta(text: string): Record<string, unknown> {
  if (text === '') return {};
  const meta: unknown = JSON.parse(text);
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta))
    throw new Error('meta_json is not an object');
  return meta as Record<string, unknown>;
}
