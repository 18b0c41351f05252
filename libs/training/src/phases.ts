/** Which phases make up a step, and how many batches it consumes. */
import type { Game, Phase } from '@kiln/recipes';

/** The phases of step `step` (counted from 0). */
export function activePhases(game: Game, step: number): Phase[] {
  return game.phases.filter(({ every }) => step % every === 0);
}

/**
 * Batches of data one step takes. Phases share them: the j-th update of every phase sees the j-th batch, so that an
 * image counts once however many phases look at it, and every step takes the same number.
 */
export function batchesPerStep(game: Game): number {
  return Math.max(...game.phases.map(({ steps }) => steps));
}
