/** What `kiln doctor` looks at: each check says what it found and, where that is too little, what to do. */
import { execFile } from 'node:child_process';
import { readdir, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from './context.ts';
import { exists } from './run-folder.ts';
import { findInPath } from './tensorboard-program.ts';
import { formatBytes } from './quantities.ts';
import { workerEnvironment } from './worker-process.ts';

export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'missing';
  readonly found: string;
  /** What to do; empty where all is well. */
  readonly advice: string;
}

type Check = (context: Context) => Promise<Omit<Finding, 'check'>>;

const runFile = promisify(execFile);
const ok = (found: string) => ({ state: 'ok', found, advice: '' }) as const;
const missing = (found: string, advice: string) => ({ state: 'missing', found, advice }) as const;
const setUp = 'run `npm run setup`';

/** What Docker gives to /dev/shm by itself is 64 MB: too little for the gradients of a larger model. */
const roomyShmBytes = 256e6;
const roomyMemoryBytes = 2e9;
const roomyDiskBytes = 2e9;

const checks: Readonly<Record<string, Check>> = {
  node: async () => {
    const { node } = process.versions;
    return Number.parseInt(node, 10) >= 24 ? ok(node) : missing(node, `Node 24 or newer is needed; ${setUp}`);
  },
  compiler: async ({ env }) => {
    const version = await firstLine('g++', ['--version'], env);
    return version === undefined
      ? missing('no g++', 'install a C++17 compiler (Debian: apt-get install g++)')
      : ok(version);
  },
  python: async ({ env }) => {
    const version = await firstLine('python3', ['-m', 'pip', '--version'], env);
    return version === undefined
      ? missing(
          'no python3 with pip',
          'install both (Debian: apt-get install python3-pip); set-up fetches TensorFlow with it',
        )
      : ok(version.replace(/ from .* \(/, ' ('));
  },
  tensorflow: async ({ root }) => {
    const home = join(root, '.kiln', 'tensorflow');
    for (const version of await readdir(home).catch(() => [])) {
      const isWhole = await exists(join(home, version, 'lib', 'libtensorflow_cc.so.2'));
      if (isWhole) return ok(`${version} in ${join(home, version)}`);
    }
    return missing(`no library in ${home}`, setUp);
  },
  addon: async ({ root, env }) => {
    for (const name of ['tensorflow/build/kiln.node', 'checkpoints/build/checkpoints.node']) {
      const file = join(root, 'libs', name);
      if (!(await exists(file))) return missing(`no ${file}`, setUp);
    }
    // In a process of its own: this one never loads TensorFlow.
    const load = "const { native } = await import('@kiln/tensorflow'); native(); process.exit(0)";
    const failure = await failureOf(root, load, env);
    return failure === undefined ? ok('loads TensorFlow') : missing(`does not load: ${failure}`, setUp);
  },
  gpu: async ({ root, env }) => {
    const cards = (await readdir('/dev').catch(() => [])).filter((name) => /^nvidia\d+$/.test(name));
    const hasBuild = await exists(join(root, '.kiln', 'tensorflow', '2.21.0-gpu'));
    if (cards.length === 0) return ok(hasBuild ? 'none, TensorFlow is the build for GPUs' : 'none');
    const found = `${cards.length} from NVIDIA`;
    if (!hasBuild)
      return { state: 'warning', found, advice: 'not used until `npm run setup -- --gpu`; see docs/gpu.md' };
    const start =
      "const { startEngine } = await import('@kiln/engine'); startEngine({ device: 'gpu' }); process.exit(0)";
    const failure = await failureOf(root, start, env);
    return failure === undefined
      ? ok(`${found}, usable`)
      : missing(`${found}: ${failure}`, 'see docs/gpu.md');
  },
  'shared memory': async () => {
    const free = await freeBytes('/dev/shm');
    if (free === undefined)
      return missing('no /dev/shm', 'workers exchange gradients there; mount a tmpfs on it');
    const found = `${formatBytes(free)} free in /dev/shm`;
    return free >= roomyShmBytes
      ? ok(found)
      : { state: 'warning', found, advice: 'large models need more (Docker: --shm-size=1g)' };
  },
  cores: async () => ok(`${availableParallelism()}`),
  memory: async () => {
    const found = `${formatBytes(freemem())} free of ${formatBytes(totalmem())}`;
    return freemem() >= roomyMemoryBytes
      ? ok(found)
      : { state: 'warning', found, advice: 'a worker needs about 0.5 GB; use fewer --workers' };
  },
  disk: async ({ cwd }) => {
    const free = (await freeBytes(cwd)) ?? 0;
    const found = `${formatBytes(free)} free in ${cwd}`;
    return free >= roomyDiskBytes
      ? ok(found)
      : { state: 'warning', found, advice: 'free some before a long run: checkpoints may not fit' };
  },
};

export const checkNames = Object.keys(checks);

export async function examine(context: Context): Promise<Finding[]> {
  return Promise.all(
    Object.entries(checks).map(async ([check, look]) => ({ check, ...(await look(context)) })),
  );
}

/** Runs a program of JavaScript in the checkout; undefined when it succeeds. */
async function failureOf(root: string, program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const args = ['--conditions=@kiln/source', '--input-type=module', '--eval', program];
  try {
    await runFile(process.execPath, args, { cwd: root, env: workerEnvironment(env), timeout: 60_000 });
    return undefined;
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.split('\n').find((line) => /error/i.test(line));
    return words?.trim() ?? (error as Error).message;
  }
}

async function firstLine(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if ((await findInPath(program, env)) === undefined) return undefined;
  try {
    return (await runFile(program, args, { env, timeout: 20_000 })).stdout.split('\n')[0];
  } catch {
    return undefined;
  }
}

async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
