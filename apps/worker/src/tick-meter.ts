/** Averages metrics between two lines of progress and measures speed and memory. */

export interface TickValues {
  readonly tick: number;
  readonly step: number;
  readonly kimg: number;
  readonly values: Record<string, number>;
}

export class TickMeter {
  readonly #tickImages: number;
  #tick = 0;
  #sums: Record<string, { sum: number; count: number }> = {};
  #since: number;
  #imagesBefore: number;
  readonly #begin: number;

  /** `images`: seen before this process began. `now` in milliseconds. */
  constructor(tickKimg: number, images: number, now = performance.now()) {
    this.#tickImages = tickKimg * 1000;
    this.#tick = Math.floor(images / this.#tickImages);
    this.#imagesBefore = images;
    this.#since = now;
    this.#begin = now;
  }

  add(metrics: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(metrics)) {
      const entry = (this.#sums[name] ??= { sum: 0, count: 0 });
      entry.sum += value;
      entry.count += 1;
    }
  }

  /** Whether `images` completes a tick. */
  due(images: number): boolean {
    return images >= (this.#tick + 1) * this.#tickImages;
  }

  /** Ends the tick: means over its steps, and its speed. */
  take(step: number, images: number, now = performance.now()): TickValues {
    const seconds = Math.max((now - this.#since) / 1000, 1e-9);
    const shown = Math.max(images - this.#imagesBefore, 1);
    // A metric of a phase that is part of few steps is averaged over those.
    const means = Object.fromEntries(
      Object.entries(this.#sums).map(([name, { sum, count }]) => [name, sum / count]),
    );
    this.#tick = Math.max(this.#tick + 1, Math.floor(images / this.#tickImages));
    this.#sums = {};
    this.#since = now;
    this.#imagesBefore = images;
    return {
      tick: this.#tick,
      step,
      kimg: images / 1000,
      values: {
        ...means,
        secondsPerKimg: (seconds / shown) * 1000,
        imagesPerSecond: shown / seconds,
        elapsedSeconds: (now - this.#begin) / 1000,
        memoryBytes: process.memoryUsage.rss(),
      },
    };
  }
}
