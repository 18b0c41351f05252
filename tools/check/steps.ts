/** What `npm run check` makes sure of, in order; CI runs the same and nothing else besides the tests. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findStale } from './generated.ts';
import { houseRules } from './house-rules.ts';
import type { Outcome } from './outcome.ts';

export type Step = { readonly name: string; readonly run: (root: string) => Promise<Outcome> };

const program = (root: string, name: string): string => join(root, 'node_modules', '.bin', name);

/** Collects what a program prints; it is worth reading only if it fails. */
function run(root: string, file: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) =>
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}

const tool =
  (name: string, ...args: string[]): Step['run'] =>
  (root) =>
    run(root, program(root, name), args);

export const steps: readonly Step[] = [
  { name: 'format', run: tool('oxfmt', '--check') },
  { name: 'lint', run: tool('oxlint') },
  { name: 'build', run: tool('nx', 'run-many', '-t', 'build', '--output-style=static') },
  { name: 'types of tests and tools', run: tool('tsc', '-p', 'tools') },
  {
    name: 'generated code',
    run: (root) =>
      findStale(root, () =>
        run(root, program(root, 'nx'), ['run-many', '-t', 'generate', '--skip-nx-cache']),
      ),
  },
  {
    name: 'boundaries',
    run: (root) => run(root, process.execPath, [join(root, 'tools/boundaries/main.ts')]),
  },
  { name: 'house rules', run: (root) => Promise.resolve(houseRules(root)) },
];
