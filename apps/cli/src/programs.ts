/** The programs that a run consists of, and how Node runs them. In a bundle this module has another form: `tools/bundle.mjs`. */
import { join } from 'node:path';

export interface Programs {
  readonly worker: string;
  readonly coordinator: string;
}

export const programsOf = (root: string): Programs => ({
  worker: join(root, 'apps', 'worker', 'src', 'main.ts'),
  coordinator: join(root, 'apps', 'coordinator', 'src', 'main.ts'),
});

/** How Node is told to run a program of this checkout from source. */
export const nodeArguments = (program: string): string[] => ['--conditions=@kiln/source', program];
