/** The `kiln` command. */
import { checkout } from './context.ts';
import { runProgram } from './program.ts';
import { programsOf } from './programs.ts';
import { Terminal } from './terminal.ts';

const { env, stdout, stderr } = process;

// A reader such as `head` may close the pipe early: not an error of ours.
for (const output of [stdout, stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runProgram(
  {
    cwd: process.cwd(),
    env,
    terminal: new Terminal(stdout, stderr, env),
    root: checkout,
    programs: programsOf(checkout),
  },
  process.argv.slice(2),
);
// Whatever still holds the event loop by then is not ours to wait for.
setTimeout(() => process.exit(), 1_000).unref();
