/** What networks need of the data that they are built for. */
import type { DataInfo } from './recipe.ts';

/** The side of the images. Throws `RangeError` where they are not square. `name`: who needs it, for people. */
export function squareSide(name: string, { imageShape: [height, width] }: DataInfo): number {
  if (height === width) return height;
  throw new RangeError(`${name} needs square images, got ${height}x${width}; crop or resize the data`);
}

/** The number of classes. Throws `RangeError` for data without labels, with `remedy` behind. */
export function labelledClasses(name: string, { numClasses }: DataInfo, remedy = ''): number {
  if (numClasses >= 2) return numClasses;
  throw new RangeError(`${name} needs labelled data with 2 or more classes, got ${numClasses}${remedy}`);
}

/**
 * Where networks for images of side `resolution` attend: nowhere for 0. Throws `RangeError` for a side at which G and D do not
 * both have a block. A resolution that is no power of two is the networks' own to refuse.
 */
export function attentionSides(asked: number, resolution: number): number[] {
  if (asked === 0) return [];
  const sides: number[] = [];
  for (let side = 8; side < resolution; side *= 2) sides.push(side);
  if (sides.includes(asked) || !Number.isInteger(Math.log2(resolution))) return [asked];
  throw new RangeError(
    `--set attention=${asked}: for images of ${resolution}x${resolution} it can be ${[...sides, '0 for nowhere'].join(', ')}`,
  );
}
