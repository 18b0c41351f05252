/** Saves checkpoints: every rank writes its share of the state, the coordinator commits. A failed save is only a warning. */
import { planShards, writeShard } from '@kiln/checkpoints';
import type { Assignment, ControlClient, SaveResult } from '@kiln/control';
import { stateEntries, type Trainer } from '@kiln/training';
import { toNamed } from './named-tensors.ts';
import type { RunConfig } from './run-config.ts';

export interface SaverOptions {
  readonly client: ControlClient;
  readonly assignment: Assignment;
  readonly config: RunConfig;
  readonly trainer: Trainer;
  /** Facts for the manifest that do not change during a run. */
  readonly meta: Readonly<Record<string, unknown>>;
}

/** Saves the trainer's current step; the answer says why when it could not. */
export async function saveCheckpoint(options: SaverOptions): Promise<SaveResult> {
  const { client, assignment, config, trainer, meta } = options;
  const { step, cursor } = trainer;
  const { rank, worldSize, generation } = assignment;
  const permanent = config.permanentSteps > 0 && step % config.permanentSteps === 0;
  return client.saveCheckpoint({
    step,
    permanent,
    write: async (staging) => {
      const entries = stateEntries(trainer.cell.value);
      const sizes = entries.map(([name, tensor]) => ({ name, bytes: tensor.size * 4 }));
      const plan = planShards(sizes, worldSize);
      const own = await trainer.read((path) => plan.get(path) === rank);
      const shard = await writeShard(
        staging,
        rank,
        worldSize,
        [...own].map(([name, value]) => toNamed(name, value)),
      );
      const facts = {
        step,
        cursor,
        images: cursor,
        kimg: cursor / 1000,
        seed: config.seed,
        worldSize,
        generation,
      };
      return {
        shard,
        metaJson: JSON.stringify({ ...meta, ...facts, recipe: config.recipe }),
        expected: entries.map(([name]) => name),
      };
    },
  });
}
