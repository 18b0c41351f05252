/** All checkpoints of a run: listing, choosing the newest sound one, removing old ones. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readManifest, verifyCheckpoint } from './checkpoint.ts';
import { asCheckpointError, CheckpointError } from './checkpoint-error.ts';
import { abandonCheckpoint, type CheckpointRef } from './commit.ts';
import { disk, renameDurably } from './durable-files.ts';
import { isTemporary, stepOf } from './layout.ts';
import type { Manifest } from './manifest.ts';

/** A folder with the name of a checkpoint; `problem` says why its manifest cannot be used. */
export type CheckpointEntry = {
  readonly step: number;
  readonly path: string;
  readonly manifest: Manifest | null;
  readonly problem: CheckpointError | null;
};

/** A checkpoint that was passed over, and why. */
export type BadCheckpoint = {
  readonly step: number;
  readonly path: string;
  readonly problems: readonly CheckpointError[];
};

/** Every checkpoint by its manifest, oldest first. Shards are not read; folders of other names are not looked at. */
export async function listCheckpoints(root: string): Promise<CheckpointEntry[]> {
  const entries: CheckpointEntry[] = [];
  for (const { step, path } of await stepFolders(root)) {
    try {
      entries.push({ step, path, manifest: await readManifest(path), problem: null });
    } catch (error) {
      entries.push({ step, path, manifest: null, problem: asCheckpointError(error, path, 'listing') });
    }
  }
  return entries;
}

/**
 * The newest checkpoint whose every byte is sound, or null. Each bad one on the way is reported and left as it is. The
 * `LATEST` file is not asked: it may be older than the newest checkpoint, or point to a damaged one.
 */
export async function newestValid(
  root: string,
  onBad: (bad: BadCheckpoint) => void = () => {},
  { upTo = Infinity }: { readonly upTo?: number } = {},
): Promise<CheckpointRef | null> {
  for (const { step, path } of (await stepFolders(root)).toReversed()) {
    if (step > upTo) continue;
    const { manifest, problems } = await verifyCheckpoint(path);
    if (manifest && problems.length === 0) return { step, path, manifest };
    onBad({ step, path, problems });
  }
  return null;
}

export type Retention = {
  readonly keepLast: number;
  readonly keepBest?: { readonly metric: string; readonly order: 'min' | 'max' } | undefined;
};

function bestOf(
  entries: readonly CheckpointEntry[],
  { metric, order }: NonNullable<Retention['keepBest']>,
): CheckpointEntry | undefined {
  const sign = order === 'min' ? 1 : -1;
  let best: { entry: CheckpointEntry; value: number } | undefined;
  for (const entry of entries) {
    const { measured } = (entry.manifest?.meta ?? {}) as { measured?: { values?: Record<string, unknown> } };
    const value = measured?.values?.[metric];
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    if (best === undefined || sign * value < sign * best.value) best = { entry, value };
  }
  return best?.entry;
}

/** The newest from before a run's troubles, by the last good step that the newest of all knows of. */
function goodOf(entries: readonly CheckpointEntry[]): CheckpointEntry | undefined {
  const { goodStep } = (entries.at(-1)?.manifest?.meta ?? {}) as { goodStep?: unknown };
  return typeof goodStep === 'number' ? entries.findLast(({ step }) => step <= goodStep) : undefined;
}

/**
 * Removes all but the newest `keepLast` checkpoints, the best one, the newest good one and every permanent one, and returns the
 * removed paths. The best has the least or largest value of a metric in its meta's `measured.values`; of equals, the oldest.
 * The good one is of `goodStep` in the newest one's meta or before, where that is said. Damaged ones neither count nor go. A
 * folder loses its name before its files, so that no reader meets half a checkpoint.
 */
export async function retain(root: string, { keepLast, keepBest }: Retention): Promise<string[]> {
  if (!Number.isSafeInteger(keepLast) || keepLast < 1)
    throw new CheckpointError('usage', root, `keeping ${keepLast} checkpoints, expected at least 1`);
  const sound = (await listCheckpoints(root)).filter(({ manifest }) => manifest !== null);
  const best = keepBest === undefined ? undefined : bestOf(sound, keepBest);
  const good = goodOf(sound);
  const old = sound
    .slice(0, -keepLast)
    .filter((entry) => !entry.manifest?.permanent && entry !== best && entry !== good);
  for (const { path } of old) {
    const doomed = `${path}.tmp-removed-${randomBytes(4).toString('hex')}`;
    await renameDurably(path, doomed);
    await abandonCheckpoint(doomed);
  }
  return old.map(({ path }) => path);
}

/**
 * Removes every checkpoint after `step`, of a training that was given up, and returns their paths. Permanent and damaged
 * ones keep their files under a name that no load looks at.
 */
export async function removeAfter(root: string, step: number): Promise<string[]> {
  const later = (await listCheckpoints(root)).filter((entry) => entry.step > step);
  for (const { path, manifest } of later) {
    const nonce = randomBytes(4).toString('hex');
    const doomed = manifest !== null && !manifest.permanent;
    const aside = doomed ? `${path}.tmp-removed-${nonce}` : `${path}.given-up-${nonce}`;
    await renameDurably(path, aside);
    if (doomed) await abandonCheckpoint(aside);
  }
  return later.map(({ path }) => path);
}

/** Removes what interrupted saves and removals left. Only for the one process that saves into `root`. */
export async function removeStaging(root: string): Promise<string[]> {
  const left = (await names(root)).filter((name) => isTemporary(name)).map((name) => join(root, name));
  for (const path of left) await abandonCheckpoint(path);
  return left;
}

async function stepFolders(root: string): Promise<{ step: number; path: string }[]> {
  const found = (await names(root)).map((name) => ({ step: stepOf(name), path: join(root, name) }));
  return found
    .filter((folder): folder is { step: number; path: string } => folder.step !== null)
    .toSorted((a, b) => a.step - b.step);
}

async function names(root: string): Promise<string[]> {
  try {
    return await disk.readdir(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw asCheckpointError(error, root, 'listing');
  }
}
