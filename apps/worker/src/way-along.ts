/** Key points and the samples between them. Pure. */

export interface KeyPoint {
  readonly seed: number;
  readonly label: number;
}

export interface WayOptions {
  /** One for each key point, or one for all. */
  readonly seeds: readonly number[];
  /** Likewise; empty: 0. */
  readonly classes: readonly number[];
  /** Samples from one key point to the next, both among them. */
  readonly frames: number;
  /** Whether the last key point leads back to the first. */
  readonly loop: boolean;
  /** Whether a key point is there once, though it ends one way and begins the next: as an animation wants it. */
  readonly joinsOnce: boolean;
}

export interface WayAlong {
  readonly from: readonly KeyPoint[];
  readonly to: readonly KeyPoint[];
  /** In [0, 1], of each sample. */
  readonly shares: readonly number[];
}

export function wayAlong({ seeds, classes, frames, loop, joinsOnce }: WayOptions): WayAlong {
  const keys = Array.from({ length: Math.max(seeds.length, classes.length) }, (_, i): KeyPoint => ({
    seed: seeds[i] ?? seeds[0]!,
    label: classes[i] ?? classes[0] ?? 0,
  }));
  const ends = loop ? [...keys.slice(1), keys[0]!] : keys.slice(1);
  const samples = ends.flatMap((end, leg) => {
    const isLast = leg === ends.length - 1;
    const count = joinsOnce && (loop || !isLast) ? frames - 1 : frames;
    return Array.from({ length: count }, (_, i) => ({
      from: keys[leg]!,
      to: end,
      share: i / (frames - 1),
    }));
  });
  return {
    from: samples.map(({ from }) => from),
    to: samples.map(({ to }) => to),
    shares: samples.map(({ share }) => share),
  };
}
