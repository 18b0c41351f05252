/** What a command knows of the world around it. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Programs } from './programs.ts';
import type { Terminal } from './terminal.ts';

export interface Context {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** The checkout. */
  readonly root: string;
  /** The programs that this command starts; tests put others in their place. */
  readonly programs: Programs;
}

export const checkout = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
