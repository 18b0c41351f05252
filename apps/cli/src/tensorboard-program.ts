/** Finds a `tensorboard` program: in PATH, else in a virtual environment of this checkout, made on first use. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { CliError } from './cli-error.ts';
import type { Context } from './context.ts';
import { exists } from './run-folder.ts';

/** setuptools: TensorBoard imports pkg_resources, which newer ones no longer have. */
const packages = ['tensorboard==2.21.0', 'setuptools<81'];

export async function findTensorBoard(context: Context): Promise<string> {
  const { env, root, terminal } = context;
  const installed = await findInPath('tensorboard', env);
  if (installed !== undefined) return installed;
  const home = join(root, '.kiln', 'tensorboard');
  const own = join(home, 'bin', 'tensorboard');
  // A program does not say that the packages behind it are all there: an interrupted installation is made anew.
  const complete = join(home, '.complete');
  if (await exists(complete)) return own;
  terminal.note(`no tensorboard in PATH; installing ${packages[0]} into ${home} with pip (once)`);
  const python = await findInPath('python3', env);
  if (python === undefined)
    throw new CliError(
      'setup',
      'python3 is missing, which installs TensorBoard; install it, or put a tensorboard in PATH',
    );
  await rm(home, { recursive: true, force: true });
  await mkdir(dirname(home), { recursive: true });
  await run(
    context,
    python,
    ['-m', 'venv', home],
    'making a virtual environment (is python3-venv installed?)',
  );
  await run(
    context,
    join(home, 'bin', 'python'),
    ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '--no-compile', ...packages],
    'installing TensorBoard with pip',
  );
  if (!(await exists(own))) throw new CliError('setup', `pip installed no ${own}`);
  await writeFile(complete, `${packages.join('\n')}\n`);
  return own;
}

/** The first executable of this name, as a shell would find it. */
export async function findInPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && (await exists(path))) return path;
  }
  return undefined;
}

async function run(
  { env, cwd }: Context,
  program: string,
  args: readonly string[],
  what: string,
): Promise<void> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit').catch(() => [null])) as [number | null];
  if (code !== 0) throw new CliError('setup', `${what} failed with code ${code}; see above`);
}
