/** Which phases make up a step, and how many batches it consumes. */
import { isMove, type Game, type Phase } from '@kiln/recipes';

/** The phases of step `step` (counted from 0), which is in `stage`. */
export function activePhases(game: Game, step: number, stage = 0): Phase[] {
  return game.phases.filter(
    ({ every, stages }) => step % every === 0 && (stages === undefined || stages.includes(stage)),
  );
}

/**
 * Batches of data one step takes. Phases share them: the j-th update of every phase sees the j-th batch, so that an
 * image counts once however many phases look at it, and every step takes the same number.
 */
export function batchesPerStep(game: Game): number {
  return Math.max(1, ...game.phases.filter(isMove).map(({ steps }) => steps));
}

/** The largest `shrink` of the game's moves, which each share of a batch must be a multiple of. */
export function leastShare(game: Game): number {
  const shrinks = game.phases.filter(isMove).map(({ shrink = 1 }) => shrink);
  return shrinks.reduce((a, b) => (a * b) / divisor(a, b), 1);
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
