/** Tells networks for images of another side by the numbers of blocks in their names. */
import type { Weights } from '../weights.ts';

export interface SideByBlock {
  /** Matches a name of every block; its first group is the block's number. */
  readonly pattern: RegExp;
  readonly sideOf: (block: number) => number;
}

/** The largest side of the blocks in a file; null when it names none. */
export function largestSide(theirs: Weights, { pattern, sideOf }: SideByBlock): number | null {
  const sides = [...theirs.keys()].flatMap((name) => {
    const block = pattern.exec(name)?.[1];
    return block === undefined ? [] : [sideOf(Number(block))];
  });
  return sides.length === 0 ? null : Math.max(...sides);
}

/** Why weights do not fit a network for images of side `resolution`; null when they do, or do not say. */
export function sideMismatch(theirs: Weights, blocks: SideByBlock, resolution: number): string | null {
  const side = largestSide(theirs, blocks);
  if (side === null || side === resolution) return null;
  return `is of a network for images of ${side}x${side}, and the recipe's images are ${resolution}x${resolution}; choose the recipe, or with --data the side, that the weights are of`;
}
