/** Who takes part: each is a program that runs one round in a process of its own and prints its timing as JSON. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensurePython } from '../python.ts';
import type { Timing } from './timing.ts';

export interface RoundSettings {
  readonly threads: number;
  /** Steps before the timed ones, at least one. */
  readonly warmup: number;
  readonly steps: number;
}

export interface Contestant {
  readonly name: string;
  readonly framework: 'kiln' | 'tensorflow' | 'torch';
  /** First argument of the framework's program. */
  readonly mode: string;
  readonly env?: Readonly<Record<string, string>>;
}

// TensorFlow turns oneDNN on by itself for CPUs with AVX-512 VNNI only, Kiln on all; so it is measured both ways.
const oneDNN = { TF_ENABLE_ONEDNN_OPTS: '1' };

export const baseline = 'tf.function';

export const contestants: readonly Contestant[] = [
  { name: 'Kiln compiled', framework: 'kiln', mode: 'compiled' },
  { name: 'Kiln eager', framework: 'kiln', mode: 'eager' },
  { name: baseline, framework: 'tensorflow', mode: 'function', env: oneDNN },
  { name: 'tf.function, oneDNN as shipped', framework: 'tensorflow', mode: 'function' },
  { name: 'TensorFlow eager', framework: 'tensorflow', mode: 'eager', env: oneDNN },
  { name: 'PyTorch eager', framework: 'torch', mode: 'eager' },
  { name: 'PyTorch channels_last', framework: 'torch', mode: 'channels_last' },
  { name: 'PyTorch compile', framework: 'torch', mode: 'compile' },
];

const requirements = {
  tensorflow: ['tensorflow-cpu==2.21.0'],
  torch: ['torch==2.15.0', 'numpy'],
} as const;

async function commandOf({ framework, mode }: Contestant): Promise<[string, string[]]> {
  if (framework === 'kiln')
    return [process.execPath, ['--conditions=@kiln/source', join(import.meta.dirname, 'kiln.ts'), mode]];
  const python = await ensurePython(requirements[framework]);
  return [python, [join(import.meta.dirname, `step_${framework}.py`), mode]];
}

/** Runs one round. Throws with the end of what the program wrote to stderr if it fails or takes too long. */
export async function runRound(
  contestant: Contestant,
  settings: RoundSettings,
  limitSeconds: number,
): Promise<Timing> {
  const [program, args] = await commandOf(contestant);
  const { promise, resolve, reject } = Promise.withResolvers<Timing>();
  const child = spawn(program, [...args, JSON.stringify(settings)], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...contestant.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: torch.compile leaves compilers behind when it is stopped.
    detached: true,
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const stop = (): void => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'));
  const timer = setTimeout(stop, limitSeconds * 1000);
  process.once('exit', stop);
  child.once('error', reject);
  child.once('close', (code, signal) => {
    clearTimeout(timer);
    process.off('exit', stop);
    const last = output.trim().split('\n').at(-1) ?? '';
    if (code === 0 && last.startsWith('{')) return resolve(JSON.parse(last) as Timing);
    const how = signal === 'SIGKILL' ? `stopped after ${limitSeconds} s` : `exit code ${code ?? signal}`;
    reject(new Error(`[bench] ${contestant.name}: ${how}: ${complaints.trim().split('\n').at(-1)}`));
  });
  return promise;
}
