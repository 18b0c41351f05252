/**
 * The samples found unusable, and what is drawn in place of each: the next usable one, round the end. That is a function of
 * the data alone, so all ranks and every resumed run agree on it, whichever of them meets a bad sample first.
 */
import type { DatasetError } from '../errors.ts';
import { tooManyBad } from '../sources/faults.ts';

export class Quarantine {
  readonly #faults: Map<number, DatasetError>;
  readonly #numExamples: number;
  readonly #allowed: number;

  /** `faults`: those known already, by index. */
  constructor(numExamples: number, allowed: number, faults: ReadonlyMap<number, DatasetError>) {
    this.#faults = new Map(faults);
    this.#numExamples = numExamples;
    this.#allowed = allowed;
    this.#checkLimit();
  }

  get faults(): ReadonlyMap<number, DatasetError> {
    return this.#faults;
  }

  /** Throws when that is one more than allowed. */
  add(index: number, fault: DatasetError): void {
    this.#faults.set(index, fault);
    this.#checkLimit();
  }

  /** Pairs of bad sample and substitute, by bad sample. */
  substitutes(): [bad: number, substitute: number][] {
    return [...this.#faults.keys()].toSorted((a, b) => a - b).map((bad) => [bad, this.#next(bad)]);
  }

  #next(bad: number): number {
    for (let step = 1; step < this.#numExamples; step++) {
      const candidate = (bad + step) % this.#numExamples;
      if (!this.#faults.has(candidate)) return candidate;
    }
    throw tooManyBad(this.#faults, this.#allowed);
  }

  #checkLimit(): void {
    if (this.#faults.size > this.#allowed) throw tooManyBad(this.#faults, this.#allowed);
  }
}
