/** What a recipe declares: its settings, its defaults and the game it plays. */
import type { DataSpec } from '@kiln/datasets';
import type { z } from 'zod';
import type { Game } from './game.ts';

/** What a game must know of the data it will be played on. */
export interface DataInfo {
  readonly numExamples: number;
  /** `[height, width, channels]`. */
  readonly imageShape: readonly [number, number, number];
  readonly numClasses: number;
}

/** Run options a recipe chooses defaults for; `kiln train` has a flag for each but `sampleTicks`. */
export interface RunDefaults {
  /** Global batch: all workers together. */
  readonly batch: number;
  /** Thousands of real images shown to the discriminator. */
  readonly kimg: number;
  readonly workers: number;
  /** Micro-batches in which each worker takes its share of a batch. Default 1. */
  readonly accumulate?: number;
  readonly checkpointSteps: number;
  /** Thousands of images between two lines of progress. */
  readonly tickKimg: number;
  /** Ticks between two sample grids. */
  readonly sampleTicks: number;
}

export interface Recipe<Settings extends z.ZodObject = z.ZodObject> {
  readonly title: string;
  /** One or two sentences: what it trains and what to expect. */
  readonly summary: string;
  readonly source: string;
  /** Strict, every key with a default and a description; `--set key=value` overrides. */
  readonly settings: Settings;
  readonly defaults: RunDefaults;
  /** The data used without `--data`; paths are relative to the repository's `data` folder. Left out: the user must name some. */
  data?(dataFolder: string): DataSpec;
  /** What the user must bring, where there is no `data`. */
  readonly needs?: string;
  /** What it is expected to be like, for plans made without it. */
  readonly expects?: DataInfo;
  /** Throws `RangeError` for settings that do not fit the data. */
  build(settings: z.infer<Settings>, data: DataInfo): Game;
}

/** Gives `build` the type of its own settings. */
export function defineRecipe<Settings extends z.ZodObject>(recipe: Recipe<Settings>): Recipe<Settings> {
  return recipe;
}
