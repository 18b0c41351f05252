/** What the programs of the input case are told and what they answer. */

export interface InputSettings {
  readonly epochs: number;
  readonly threads: number;
  /** Side to scale to, or null to keep the images' own. */
  readonly size: number | null;
  readonly batch: number;
}

export interface EpochRates {
  /** Images per second of each epoch after the first. */
  readonly rates: readonly number[];
  /** Of the whole process, meanwhile; not where other processes do the work. */
  readonly cpuMicroseconds?: number;
}

export const batchSize = 64;
