/** How late beats come: exact to the millisecond, in fixed memory however long the run is. */
import type { Lateness } from '@kiln/control';

/** One bin for each millisecond; everything later shares the last. */
const numBins = 2_001;

export class LatenessMeter {
  private readonly intervalMs: number;
  private readonly bins = new Uint32Array(numBins);
  private beats = 0;
  private maxMs = 0;
  private previousMs: number | undefined;

  constructor(intervalMs: number) {
    this.intervalMs = intervalMs;
  }

  /** A beat at `nowMs` of any monotonic clock; the first one only starts the interval. */
  beat(nowMs: number): void {
    const previous = this.previousMs;
    this.previousMs = nowMs;
    if (previous === undefined) return;
    const late = Math.max(0, nowMs - previous - this.intervalMs);
    const bin = Math.min(numBins - 1, Math.floor(late));
    this.bins[bin] = (this.bins[bin] ?? 0) + 1;
    this.beats += 1;
    this.maxMs = Math.max(this.maxMs, late);
  }

  /** The next interval does not count: what lies between is not measured. */
  pause(): void {
    this.previousMs = undefined;
  }

  summary(): Lateness {
    return {
      beats: this.beats,
      p50Ms: thousandths(this.quantile(0.5)),
      p99Ms: thousandths(this.quantile(0.99)),
      maxMs: thousandths(this.maxMs),
    };
  }

  /** The upper edge of the bin, so that no beat was later than said; the last bin is the maximum itself. */
  private quantile(q: number): number {
    let left = Math.ceil(q * this.beats);
    if (left === 0) return 0;
    for (let bin = 0; bin < numBins - 1; bin += 1) {
      left -= this.bins[bin] ?? 0;
      if (left <= 0) return Math.min(bin + 1, this.maxMs);
    }
    return this.maxMs;
  }
}

const thousandths = (ms: number): number => Math.round(ms * 1000) / 1000;
