/** Runs a program that times some steps and prints its timing as JSON. */
import { spawn } from 'node:child_process';
import type { Timing } from './timing.ts';

/** Throws with the end of what the program wrote to stderr if it fails, takes too long or loses its losses. */
export async function runProgram(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  limitSeconds: number,
): Promise<Timing> {
  const { promise, resolve, reject } = Promise.withResolvers<Timing>();
  const child = spawn(program!, args, {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const stop = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(stop, limitSeconds * 1000);
  process.once('exit', stop);
  child.once('error', reject);
  child.once('close', (code, signal) => {
    clearTimeout(timer);
    process.off('exit', stop);
    const last = output.trim().split('\n').at(-1) ?? '';
    if (code !== 0 || !last.startsWith('{')) {
      const how = signal === 'SIGKILL' ? `stopped after ${limitSeconds} s` : `exit code ${code ?? signal}`;
      return reject(new Error(`${how}: ${complaints.trim().split('\n').at(-1)}`));
    }
    const timing = JSON.parse(last) as Timing;
    if (timing.losses.every(Number.isFinite)) return resolve(timing);
    reject(new Error(`its losses are ${timing.losses.join(' and ')}`));
  });
  return promise;
}
