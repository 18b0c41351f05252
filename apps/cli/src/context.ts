/** What a command knows of the world around it. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

export interface Programs {
  readonly worker: string;
  readonly coordinator: string;
}

export const checkout = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

export const programsOf = (root: string): Programs => ({
  worker: join(root, 'apps', 'worker', 'src', 'main.ts'),
  coordinator: join(root, 'apps', 'coordinator', 'src', 'main.ts'),
});

/** How Node is told to run a program of this checkout from source. */
export const nodeArguments = (program: string): string[] => ['--conditions=@kiln/source', program];
