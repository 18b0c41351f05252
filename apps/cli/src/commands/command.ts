/** What all commands share: how one is declared. */
import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** Adds a command to the program. Its action calls `end` with the exit code unless that is 0. */
export type AddCommand = (program: Command, context: Context, end: (exitCode: number) => void) => void;

/** Help text after the options. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
