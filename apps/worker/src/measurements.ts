/** What rank 0 has measured of the run: goes into each checkpoint's manifest, where retention finds the best one. */
import type { KeepBest } from './run-config.ts';

export class Measurements {
  readonly #keepBest: KeepBest | undefined;
  #newest: { step: number; values: Record<string, number> } | undefined;
  #best: number | undefined;
  #isKnown = false;

  constructor(keepBest: KeepBest | undefined) {
    this.#keepBest = keepBest;
  }

  /** The last values of everything and the step of the last one, for a manifest; undefined before any. */
  get newest(): { readonly step: number; readonly values: Readonly<Record<string, number>> } | undefined {
    return this.#newest;
  }

  /** Forgets what was measured: the run goes on from an earlier state, and the values are of a training that was given up. */
  reset(): void {
    this.#newest = undefined;
    this.#best = undefined;
  }

  /** What to tell people, once, where a tick with these values has not the one that decides. */
  complaintAbout(values: Readonly<Record<string, number>>): string | undefined {
    const metric = this.#keepBest?.metric;
    if (metric === undefined || this.#isKnown) return undefined;
    this.#isKnown = true;
    // Not of every tick.
    if (metric in values || metric === 'samples/diversity' || metric.startsWith('evaluation/'))
      return undefined;
    const names = [...Object.keys(values), 'samples/diversity'].join(', ');
    return `--keep-best ${metric} keeps nothing: there is no such metric; there are ${names}`;
  }

  /** Returns whether the value that decides is the best so far, which is worth a checkpoint of its own. */
  add(step: number, values: Readonly<Record<string, number>>): boolean {
    this.#newest = { step, values: { ...this.#newest?.values, ...values } };
    const value = this.#keepBest === undefined ? undefined : values[this.#keepBest.metric];
    if (value === undefined || !Number.isFinite(value)) return false;
    const sign = this.#keepBest!.order === 'min' ? 1 : -1;
    if (this.#best !== undefined && sign * value >= sign * this.#best) return false;
    this.#best = value;
    return true;
  }
}
