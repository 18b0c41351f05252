/** What is run on the device, each in a process of its own, and the report that comes of it. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runFile = promisify(execFile);
const limitMs = 300_000;
const smallBatch = 64;
const largeBatch = 1024;

export interface ChecksOptions {
  readonly device: 'cpu' | 'gpu';
  /** Timed steps of each. */
  readonly steps: number;
  /** Where the report goes. Written again after every check, so that an interrupted one keeps what it had. */
  readonly file: string;
}

/** What `step.ts` and `torch_step.py` print. */
export interface StepTimes {
  readonly firstMs: number;
  readonly stepMs: readonly number[];
  /** Of D and G in the first step and the last. */
  readonly firstLosses: readonly number[];
  readonly losses: readonly number[];
  /** The device as the framework calls it. */
  readonly device: string;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly medianMs?: number;
  readonly times?: StepTimes;
  readonly found?: unknown;
  readonly error?: string;
}

interface Check {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** One that is not there is no failure. */
  readonly optional?: true;
}

const here = import.meta.dirname;
const node = (file: string, ...args: string[]): Pick<Check, 'program' | 'args'> => ({
  program: process.execPath,
  args: ['--conditions=@kiln/source', file, ...args],
});

export function checks({ device, steps }: Pick<ChecksOptions, 'device' | 'steps'>): Check[] {
  const step = (on: string, precision: string, xla: boolean, batch = smallBatch): Check => ({
    name: `step ${precision}${xla ? ' XLA' : ''} on ${on}, batch ${batch}`,
    ...node(join(here, 'step.ts'), on, precision, String(xla), String(steps), String(batch)),
  });
  const torch = (precision: string, batch = smallBatch): Check => ({
    name: `PyTorch ${precision} on ${device}, batch ${batch}`,
    program: 'python3',
    args: [join(here, 'torch_step.py'), device, precision, String(steps), String(batch)],
    optional: true,
  });
  const precisions = ['float32', 'bfloat16', 'float16'];
  return [
    {
      name: 'doctor',
      program: process.execPath,
      args: [join(root, 'apps/cli/bin/kiln.mjs'), 'doctor', '--json'],
    },
    // The same seed on the CPU: what the device's losses are compared with.
    ...(device === 'gpu' ? [step('cpu', 'float32', false)] : []),
    ...precisions.map((precision) => step(device, precision, false)),
    ...precisions.map((precision) => step(device, precision, true)),
    torch('float32'),
    torch('bfloat16'),
    // Fills a GPU, which the small batch leaves waiting for the next kernel.
    ...(device === 'gpu'
      ? ['float32', 'bfloat16'].flatMap((precision) => [
          step(device, precision, false, largeBatch),
          step(device, precision, true, largeBatch),
          torch(precision, largeBatch),
        ])
      : []),
  ];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function perform({ program, args }: Check): Promise<Omit<CheckResult, 'name' | 'seconds'>> {
  try {
    const { stdout } = await runFile(program, args, { cwd: root, timeout: limitMs, maxBuffer: 1e8 });
    return judge(stdout);
  } catch (error) {
    const {
      stderr = '',
      stdout = '',
      message,
    } = error as { stderr?: string; stdout?: string; message: string };
    // `doctor` ends with a code of its own, and says why on stdout.
    const found = jsonOf(stdout);
    const lines = stderr.trim().split('\n');
    const words = lines.find((line) => /^\S*Error\b/.test(line)) ?? lines.slice(-5).join('\n');
    return { ok: false, error: words === '' ? message : words, ...(found === undefined ? {} : { found }) };
  }
}

function judge(stdout: string): Omit<CheckResult, 'name' | 'seconds'> {
  const found = jsonOf(stdout) ?? jsonOf(stdout.trim().split('\n').at(-1) ?? '');
  if (found === undefined) return { ok: false, error: `no JSON in: ${stdout.slice(-300)}` };
  if (typeof found !== 'object' || found === null || !('stepMs' in found)) return { ok: true, found };
  const times = found as StepTimes;
  return {
    ok: [...times.firstLosses, ...times.losses].every((loss) => Number.isFinite(loss)),
    medianMs: median(times.stepMs),
    times,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function gpus(): Promise<string[]> {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  return runFile('nvidia-smi', query).then(
    ({ stdout }) => stdout.trim().split('\n'),
    () => [],
  );
}

/** How many checks failed, those aside that this machine has nothing for. */
export async function runChecks(options: ChecksOptions): Promise<number> {
  const { device, steps, file } = options;
  const machine = {
    gpus: await gpus(),
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    node: process.version,
  };
  const results: CheckResult[] = [];
  let failed = 0;
  for (const check of checks(options)) {
    const begin = performance.now();
    const outcome = await perform(check);
    const result = {
      name: check.name,
      seconds: Math.round((performance.now() - begin) / 100) / 10,
      ...outcome,
    };
    results.push(result);
    if (!result.ok && check.optional !== true) failed += 1;
    const told = result.ok
      ? result.medianMs === undefined
        ? 'ok'
        : `${result.medianMs.toFixed(1)} ms a step`
      : `${check.optional === true ? 'not here' : 'FAILED'}: ${result.error?.split('\n').at(-1)}`;
    process.stdout.write(`${result.name}: ${told}\n`);
    await writeFile(file, `${JSON.stringify({ machine, device, steps, results }, null, 2)}\n`);
  }
  return failed;
}
