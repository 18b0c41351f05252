/** What a test and its rank processes say to each other. */
import type { GroupOptions } from '../group.ts';

export interface RunRequest {
  id: number;
  /** URL of the module that exports the scenario. */
  module: string;
  scenario: string;
  /** Null: the scenario joins by itself, or not at all. */
  group: GroupOptions | null;
  args: unknown;
}

export interface Failed {
  name: string;
  message: string;
  code: string | number | undefined;
  /** Date.now() when the scenario failed. */
  at: number;
}

export type Reply =
  | { id: number; started: true }
  | { id: number; value: unknown }
  | { id: number; failed: Failed };

/** A scenario runs on every rank. */
export type Scenario<Args = never> = (args: Args, group: GroupOptions) => Promise<unknown>;
