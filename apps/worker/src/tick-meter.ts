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
  #steps = 0;
  #sums: Record<string, number> = {};
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
    this.#steps += 1;
    for (const [name, value] of Object.entries(metrics)) this.#sums[name] = (this.#sums[name] ?? 0) + value;
  }

  /** Whether `images` completes a tick. */
  due(images: number): boolean {
    return images >= (this.#tick + 1) * this.#tickImages;
  }

  /** Ends the tick: means over its steps, and its speed. */
  take(step: number, images: number, now = performance.now()): TickValues {
    const seconds = Math.max((now - this.#since) / 1000, 1e-9);
    const shown = Math.max(images - this.#imagesBefore, 1);
    const means = Object.fromEntries(
      Object.entries(this.#sums).map(([name, sum]) => [name, sum / Math.max(this.#steps, 1)]),
    );
    this.#tick = Math.max(this.#tick + 1, Math.floor(images / this.#tickImages));
    this.#steps = 0;
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
