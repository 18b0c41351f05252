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
