/** Names and makes the folders of runs. */
import { mkdir, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { CliError } from './cli-error.ts';

const maxAttempts = 1000;

/** `runs/<recipe>-<NNN>` with the first number above all that are there; makes nothing. */
export async function nextRunFolder(cwd: string, recipe: string): Promise<string> {
  const runs = join(cwd, 'runs');
  const names = await readdir(runs).catch(() => []);
  const rests = names.map((name) => (name.startsWith(`${recipe}-`) ? name.slice(recipe.length + 1) : ''));
  const numbers = rests.filter((rest) => /^\d{3,9}$/.test(rest)).map(Number);
  return join(runs, `${recipe}-${String(Math.max(-1, ...numbers) + 1).padStart(3, '0')}`);
}

/** Makes the next folder; of two trainings started at once, each gets one of its own. */
export async function makeRunFolder(cwd: string, recipe: string): Promise<string> {
  const runs = join(cwd, 'runs');
  try {
    await mkdir(runs, { recursive: true });
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const folder = await nextRunFolder(cwd, recipe);
      try {
        // Not recursive, because that would not say that another was first.
        await mkdir(folder);
        return folder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } catch (cause) {
    throw new CliError(
      'coordinator',
      `${runs} cannot be written: ${(cause as Error).message}; pass --run another/folder`,
      { cause },
    );
  }
  throw new CliError('coordinator', `${runs} has no free name for ${recipe}; pass --run another/folder`);
}

/** The folder named with `--run`; made where it is missing, refused where it holds a run or other things. */
export async function useRunFolder(cwd: string, name: string): Promise<string> {
  const folder = resolve(cwd, name);
  let entries: string[];
  try {
    await mkdir(folder, { recursive: true });
    entries = await readdir(folder);
  } catch (cause) {
    throw new CliError(
      'coordinator',
      `--run ${name} cannot be written: ${(cause as Error).message}; name another folder`,
      { cause },
    );
  }
  if (entries.includes('config.json')) {
    throw new CliError(
      'coordinator',
      `--run ${name} holds a run already; go on with \`kiln resume ${name}\`, or name another folder`,
    );
  }
  if (entries.length > 0) {
    throw new CliError(
      'coordinator',
      `--run ${name} is not empty and holds no run (${entries[0]}); name another folder`,
    );
  }
  return folder;
}

/** As a person would type it from `cwd`. */
export function shown(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return way === '' ? '.' : way.startsWith('..') || isAbsolute(way) ? path : way;
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
