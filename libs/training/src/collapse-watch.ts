/** Watches a run for the signs of a collapse, tick by tick. Pure: numbers in, alarms out; each reason is told once. */

export type CollapseReason =
  | 'loss-spike'
  | 'certain-discriminator'
  | 'logit-gap'
  | 'low-diversity'
  | 'singular-value';

export interface Alarm {
  readonly reason: CollapseReason;
  /** What was seen, with its numbers. */
  readonly message: string;
  /** The last step that was seen without this or any other sign; 0 if there was none. */
  readonly goodStep: number;
}

/** What a tick shows. What is left out is not judged. */
export interface Observation {
  readonly step: number;
  /** Means over the tick: `loss/...`, `scores/real` and `scores/fake` (mean sigmoids), `logits/real` and `logits/fake`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Mean distance between images of fixed latents. */
  readonly diversity?: number | undefined;
  /** Largest singular value of each layer that follows it. */
  readonly singularValues?: Readonly<Record<string, number>>;
}

export interface CollapseLimits {
  /** Ticks that a tick is compared with. */
  readonly window: number;
  /** Fewest of them before anything is judged. */
  readonly warmUp: number;
  /** A loss or logit gap so many times the largest in the window, and beyond 1, is a spike. */
  readonly spike: number;
  /** D is certain when D(x) is above this and D(G(z)) below 1 minus this, for `patience` ticks. */
  readonly certainty: number;
  readonly patience: number;
  /** Samples have lost their diversity when it is below this share of the largest so far. */
  readonly diversity: number;
  /** A singular value so many times the median of its window has exploded (Brock et al., 2019, section 4.1). */
  readonly singularValue: number;
}

export const collapseLimits: CollapseLimits = {
  window: 20,
  warmUp: 4,
  spike: 10,
  certainty: 0.99,
  patience: 3,
  diversity: 0.2,
  singularValue: 4,
};

interface Sign {
  readonly reason: CollapseReason;
  readonly message: string;
}

export class CollapseWatch {
  readonly #limits: CollapseLimits;
  readonly #told = new Set<CollapseReason>();
  readonly #history = new Map<string, number[]>();
  #largestDiversity = 0;
  #certainTicks = 0;
  #goodStep = 0;

  constructor(limits: Partial<CollapseLimits> = {}) {
    this.#limits = { ...collapseLimits, ...limits };
  }

  /** The last step that was seen without a sign; 0 if there was none. */
  get goodStep(): number {
    return this.#goodStep;
  }

  /** The alarms of this tick that were not given before. */
  observe(observation: Observation): Alarm[] {
    const signs = [
      ...this.#losses(observation),
      ...this.#discriminator(observation),
      ...this.#samples(observation),
      ...this.#spectra(observation),
    ];
    const goodStep = this.#goodStep;
    // While D is becoming certain nothing is told yet, but no step counts as good either.
    if (signs.length === 0 && this.#certainTicks === 0) this.#goodStep = observation.step;
    const fresh = signs.filter(({ reason }, index) => {
      const first = signs.findIndex((sign) => sign.reason === reason) === index;
      return first && !this.#told.has(reason);
    });
    for (const { reason } of fresh) this.#told.add(reason);
    return fresh.map((sign) => ({ ...sign, goodStep }));
  }

  /** Forgets everything: the run goes on from step `step`, an earlier one. */
  reset(step: number): void {
    this.#goodStep = step;
    this.#told.clear();
    this.#history.clear();
    this.#largestDiversity = 0;
    this.#certainTicks = 0;
  }

  #losses({ metrics }: Observation): Sign[] {
    return Object.entries(metrics)
      .filter(([name]) => name.startsWith('loss/'))
      .flatMap(([name, value]) => this.#spike('loss-spike', name, Math.abs(value)));
  }

  #discriminator({ metrics }: Observation): Sign[] {
    const { certainty, patience } = this.#limits;
    const signs: Sign[] = [];
    const [real, fake] = [metrics['scores/real'], metrics['scores/fake']];
    if (real !== undefined && fake !== undefined) {
      this.#certainTicks = real > certainty && fake < 1 - certainty ? this.#certainTicks + 1 : 0;
      if (this.#certainTicks >= patience)
        signs.push({
          reason: 'certain-discriminator',
          message: `D has told real from generated images with certainty for ${this.#certainTicks} ticks: D(x) is ${real.toFixed(4)}, D(G(z)) ${fake.toFixed(4)}; G learns little from it`,
        });
    }
    const [realLogit, fakeLogit] = [metrics['logits/real'], metrics['logits/fake']];
    if (realLogit !== undefined && fakeLogit !== undefined)
      signs.push(...this.#spike('logit-gap', 'the gap of logits', Math.abs(realLogit - fakeLogit)));
    return signs;
  }

  #samples({ diversity }: Observation): Sign[] {
    if (diversity === undefined) return [];
    const best = this.#largestDiversity;
    this.#largestDiversity = Math.max(best, diversity);
    if (diversity >= best * this.#limits.diversity) return [];
    return [
      {
        reason: 'low-diversity',
        message: `samples have become alike: their mean distance is ${short(diversity)}, it was ${short(best)}`,
      },
    ];
  }

  #spectra({ singularValues = {} }: Observation): Sign[] {
    return Object.entries(singularValues).flatMap(([layer, value]): Sign[] => {
      const past = this.#remember(`singular ${layer}`, value);
      if (past === undefined) return [];
      const median = past.toSorted((a, b) => a - b)[past.length >> 1]!;
      if (value <= median * this.#limits.singularValue) return [];
      return [
        {
          reason: 'singular-value',
          message: `the largest singular value of ${layer} is ${short(value)}, it was about ${short(median)}`,
        },
      ];
    });
  }

  #spike(reason: CollapseReason, name: string, size: number): Sign[] {
    const past = this.#remember(name, size);
    if (past === undefined) return [];
    const largest = Math.max(1, ...past);
    if (size <= largest * this.#limits.spike) return [];
    return [{ reason, message: `${name} is ${short(size)} in size, it was at most ${short(largest)}` }];
  }

  /** The window before `value`, or undefined while that is too short to judge by. */
  #remember(name: string, value: number): number[] | undefined {
    const past = this.#history.get(name) ?? [];
    this.#history.set(name, [...past, value].slice(-this.#limits.window));
    return past.length < this.#limits.warmUp ? undefined : past;
  }
}

const short = (value: number): string => value.toPrecision(4);
