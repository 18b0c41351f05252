/** The timeline of a run that can be trained as it was asked for. */
import type { Game } from '@kiln/recipes';
import { checkBatch } from './check-batch.ts';
import { leastShare } from './phases.ts';
import { Timeline } from './timeline.ts';

/** The timeline of a run, once every batch in it is known to divide. Throws `TrainingError`. */
export function checkedTimeline(
  game: Game,
  { batch, workers, accumulate }: { batch: number; workers: number; accumulate: number },
): Timeline {
  const timeline = new Timeline(game, batch);
  for (const segment of timeline.segments)
    checkBatch(segment.batch, {
      workers,
      accumulate,
      multiple: leastShare(game),
      compared: game.comparedSamples ?? 1,
      ...(segment.batch === batch ? {} : { stage: segment.name }),
    });
  return timeline;
}
