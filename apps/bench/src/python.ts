/** Python for comparisons and proofs: a virtual environment for each set of packages, made once below .kiln. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const root = dirname(dirname(dirname(import.meta.dirname)));

function homeOf(packages: readonly string[]): string {
  const id = createHash('sha256').update(JSON.stringify(packages.toSorted())).digest('hex').slice(0, 12);
  return join(root, '.kiln', `python-${id}`);
}

/** The Python that has these packages, or null if nobody has asked for them yet. */
export function findPython(packages: readonly string[]): string | null {
  const python = join(homeOf(packages), 'bin', 'python');
  return existsSync(python) ? python : null;
}

/** Returns the Python that has these packages, given as pip requirements such as `numpy==2.4.1`. */
export async function ensurePython(packages: readonly string[]): Promise<string> {
  const known = findPython(packages);
  if (known !== null) return known;
  const wanted = packages.toSorted();
  const home = homeOf(packages);
  process.stderr.write(`[python] installing ${wanted.join(', ')} into ${home} (once)\n`);
  await mkdir(dirname(home), { recursive: true });
  // Built beside and linked when whole: an interrupted installation is not found, and two at once do not meet.
  const folder = await mkdtemp(join(dirname(home), 'venv-'));
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted];
  try {
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'python'), pip);
    await symlink(basename(folder), `${folder}.link`);
    await rename(`${folder}.link`, home);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return join(home, 'bin', 'python');
}

/**
 * More packages for a Python that others use as it is, without what they depend on: returns the folder to put into PYTHONPATH. Made
 * once, beside that Python's own.
 */
export async function ensureAddOns(python: string, packages: readonly string[]): Promise<string> {
  const folder = homeOf([python, ...packages]).replace(/python-(?=\w+$)/, 'python-add-ons-');
  if (existsSync(folder)) return folder;
  process.stderr.write(`[python] installing ${packages.join(', ')} into ${folder} (once)\n`);
  const making = `${folder}.${process.pid}`;
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    await run(python, [...pip, '--target', making, ...packages]);
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/** Runs a program with its output shown on stderr; throws unless it ends with 0. */
async function run(program: string, args: readonly string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(program, args, { stdio: ['ignore', process.stderr, process.stderr] });
  child.once('error', reject);
  child.once('close', (code, signal) =>
    code === 0
      ? resolve()
      : reject(new Error(`[python] ${program} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`)),
  );
  await promise;
}
