/** Names of everything below a run's `checkpoints` folder. */
import { basename, join } from 'node:path';
import { CheckpointError } from './checkpoint-error.ts';

export const manifestFile = 'manifest.json';
/** Holds the name of the checkpoint committed last: a hint for people, never trusted by a load. */
export const latestFile = 'LATEST';

const stepFolder = /^step-(\d{8,16})$/;
const temporaryFolder = /^step-\d{8,16}\.tmp-[A-Za-z0-9-]{1,64}$/;
const shardName = /^shard-(\d{5})-of-(\d{5})\.safetensors$/;
const maxShards = 99_999;

export function stepName(step: number): string {
  if (!Number.isSafeInteger(step) || step < 0)
    throw new CheckpointError('usage', 'step', `${step}, expected a whole number from 0`);
  return `step-${String(step).padStart(8, '0')}`;
}

/** The step of a finished checkpoint's folder name, or null for any other name. */
export function stepOf(folder: string): number | null {
  const digits = stepFolder.exec(folder)?.[1];
  return digits !== undefined && stepName(Number(digits)) === folder ? Number(digits) : null;
}

export function stagingPath(root: string, step: number, nonce: string): string {
  const path = join(root, `${stepName(step)}.tmp-${nonce}`);
  if (!isTemporary(path))
    throw new CheckpointError(
      'usage',
      path,
      `nonce ${JSON.stringify(nonce)}, expected 1 to 64 letters, digits or dashes`,
    );
  return path;
}

/** Whether this is a folder that only a save or a removal in progress may own. */
export const isTemporary = (path: string): boolean => temporaryFolder.test(basename(path));

export function shardFile(shard: number, numShards: number): string {
  const possible = isCount(shard) && isCount(numShards) && shard < numShards && numShards <= maxShards;
  if (!possible) {
    throw new CheckpointError(
      'usage',
      'shard',
      `${shard} of ${numShards}, expected 0 up to the number of shards`,
    );
  }
  return `shard-${fiveDigits(shard)}-of-${fiveDigits(numShards)}.safetensors`;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const fiveDigits = (value: number): string => String(value).padStart(5, '0');

/** Whether `file` is the name of a shard, of whichever checkpoint. */
export const isShardFile = (file: string): boolean => shardName.test(file);
