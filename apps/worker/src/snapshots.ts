/** Checkpoints as the trainer takes them: to begin from one, and to go back to one. */
import { join } from 'node:path';
import { newestValid, readCheckpoint, removeAfter } from '@kiln/checkpoints';
import { TrainingError, type Snapshot, type Trainer } from '@kiln/training';
import { fromNamed } from './named-tensors.ts';

export async function readSnapshot(folder: string): Promise<Snapshot> {
  const { manifest, tensors } = await readCheckpoint(folder);
  const { step, cursor, rollbacks } = manifest.meta as { step: number; cursor: number; rollbacks?: number };
  return {
    step,
    cursor,
    rollbacks,
    tensors: new Map([...tensors].map(([name, tensor]) => [name, fromNamed(tensor)])),
  };
}

export interface Return {
  readonly runFolder: string;
  readonly trainer: Trainer;
  readonly rank: number;
  /** The checkpoint is of this step or an earlier one. */
  readonly goodStep: number;
  /** Why, for people. */
  readonly reason: string;
  /** Where the last return led. That the run collapsed again says that the seed of it was in that checkpoint already. */
  readonly lastReturn?: number | undefined;
}

/**
 * Puts the trainer back to the newest sound checkpoint up to `goodStep` and, on rank 0, removes the later ones, which a
 * resume would take. A checkpoint that it went back to the last time is passed over for an older one, if there is one.
 * All ranks choose the same, because nothing is being saved. Returns its path.
 * Throws `TrainingError` when there is none.
 */
export async function goBack({
  runFolder,
  trainer,
  rank,
  goodStep,
  reason,
  lastReturn,
}: Return): Promise<string> {
  const root = join(runFolder, 'checkpoints');
  const newest = await newestValid(root, () => {}, { upTo: goodStep });
  const isAgain = newest !== null && newest.step === lastReturn;
  const older = isAgain ? await newestValid(root, () => {}, { upTo: newest.step - 1 }) : null;
  const target = older ?? newest;
  if (target === null)
    throw new TrainingError(
      'collapsed',
      `the run has collapsed, and ${root} holds no checkpoint of step ${goodStep} or before to go back to: ${reason}; train anew with lower learning rates, or save more often with --checkpoint-steps`,
    );
  trainer.rollBack(await readSnapshot(target.path));
  if (rank === 0) await removeAfter(root, target.step);
  return target.path;
}
