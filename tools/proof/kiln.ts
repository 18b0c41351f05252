/** Runs `kiln` and other programs for the proofs, with a deadline, and keeps what they printed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const dataFolder = join(root, 'data');

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

const timeoutMs = 2 * 3_600_000;

/** Rejects for a program that has not ended in two hours: what it has done by then, and how it exits, are no result. */
export function run(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const deadline = setTimeout(() => {
      child.kill();
      reject(new Error(`${program} ${args.join(' ')} did not end within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(deadline);
      resolve({ code, output });
    });
  });
}

/** Output of a `kiln` command that must succeed. */
export async function kiln(...args: string[]): Promise<string> {
  const { code, output } = await run(process.execPath, [join(root, 'apps/cli/bin/kiln.mjs'), ...args]);
  if (code !== 0) throw new Error(`kiln ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Is removed when the process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kiln-proof-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
