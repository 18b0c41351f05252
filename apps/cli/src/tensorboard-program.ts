/** Finds a `tensorboard` program: in PATH, else in a virtual environment of this checkout, made on first use. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { CliError } from './cli-error.ts';
import type { Context } from './context.ts';
import { exists } from './run-folder.ts';

const version = '2.21.0';
/** setuptools: TensorBoard imports pkg_resources, which newer ones no longer have. */
const packages = [`tensorboard==${version}`, 'setuptools<81'];

export async function findTensorBoard(context: Context): Promise<string> {
  const { env, root, terminal } = context;
  const installed = await findInPath('tensorboard', env);
  if (installed !== undefined) return installed;
  const home = join(root, '.kiln', `tensorboard-${version}`);
  const program = join(home, 'bin', 'tensorboard');
  if (await exists(program)) return program;
  terminal.note(`no tensorboard in PATH; installing ${packages[0]} into ${home} with pip (once)`);
  const python = await findInPath('python3', env);
  if (python === undefined) {
    throw new CliError(
      'setup',
      'python3 is missing, which installs TensorBoard; install it, or put a tensorboard in PATH',
    );
  }
  await install(context, python, home);
  if (!(await exists(program))) throw new CliError('setup', `pip installed no ${program}`);
  return program;
}

/** Builds beside and links when whole: nobody finds half an environment, and two at once do not meet. */
async function install(context: Context, python: string, home: string): Promise<void> {
  const kiln = join(home, '..');
  await mkdir(kiln, { recursive: true });
  const folder = await mkdtemp(join(kiln, 'venv-'));
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', ...packages];
  try {
    await run(
      context,
      python,
      ['-m', 'venv', folder],
      'making a virtual environment (is python3-venv installed?)',
    );
    await run(context, join(folder, 'bin', 'python'), pip, 'installing TensorBoard with pip');
    const link = `${folder}.link`;
    await symlink(basename(folder), link);
    await rename(link, home);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
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
