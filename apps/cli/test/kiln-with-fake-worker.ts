/** The real command line and the real coordinator, with the fake worker in the worker's place. */
import { fileURLToPath } from 'node:url';
import { checkout } from '../src/context.ts';
import { runProgram } from '../src/program.ts';
import { programsOf } from '../src/programs.ts';
import { Terminal } from '../src/terminal.ts';

const worker = fileURLToPath(new URL('fake-worker.ts', import.meta.url));
const { env, stdout, stderr } = process;
const terminal = new Terminal(stdout, stderr, env);
const programs = { ...programsOf(checkout), worker };
process.exitCode = await runProgram(
  { cwd: process.cwd(), env, terminal, root: checkout, programs },
  process.argv.slice(2),
);
setTimeout(() => process.exit(), 1_000).unref();
