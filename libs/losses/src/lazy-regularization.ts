/** Lazy regularisation (Karras et al., 2020, appendix B): a costly penalty in every k-th step only, k times as strong. */

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/**
 * The settings of an optimiser that makes `interval + 1` updates, one of them for the penalty alone, where it made
 * `interval`: with c = interval / (interval + 1) the rate times c and the betas to the power of c. The penalty itself is
 * multiplied by `interval`.
 */
export function lazySettings(settings: AdamSettings, interval: number): AdamSettings {
  const share = interval / (interval + 1);
  return {
    learningRate: settings.learningRate * share,
    beta1: settings.beta1 ** share,
    beta2: settings.beta2 ** share,
  };
}
