/** Which filters a residual network has at which side: SNGAN's tables, which SAGAN shares, and how any table is read. */

/** Filters of D after each block, in multiples of the width, and how many of the first blocks halve the side. */
export interface DiscriminatorWidths {
  readonly widths: readonly number[];
  readonly halvings: number;
}

/** Filters of G in multiples of the width: at its first map, 4x4, and after each block, which doubles the side. */
export const generatorWidths: Readonly<Record<number, readonly number[]>> = {
  128: [16, 16, 8, 4, 2, 1],
  64: [16, 8, 4, 2, 1],
  32: [4, 4, 4, 4],
  16: [4, 4, 4],
  8: [4, 4],
};

export const discriminatorWidths: Readonly<Record<number, DiscriminatorWidths>> = {
  128: { widths: [1, 2, 4, 8, 16, 16], halvings: 5 },
  64: { widths: [1, 2, 4, 8, 16], halvings: 5 },
  32: { widths: [2, 2, 2, 2], halvings: 2 },
  16: { widths: [2, 2, 2, 2], halvings: 2 },
  8: { widths: [2, 2, 2], halvings: 1 },
};

/** Throws `RangeError` for a side without a layout. `name`: of the networks, for people. */
export function layoutFor<T>(name: string, table: Readonly<Record<number, T>>, resolution: number): T {
  const layout = table[resolution];
  if (layout === undefined)
    throw new RangeError(
      `${name} is laid out for images of side ${Object.keys(table).join(', ')}, got ${resolution}; resize the data`,
    );
  return layout;
}
