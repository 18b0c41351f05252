#!/usr/bin/env node
/** Finds a Node new enough for Kiln and starts the command line with it. Plain JavaScript without packages: any Node >= 20 runs it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const minNodeMajor = 24;
const setupExitCode = 7;

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(cli));
const isNewEnough = Number.parseInt(process.versions.node, 10) >= minNodeMajor;
const node = isNewEnough ? process.execPath : join(root, '.kiln', 'node', 'bin', 'node');
const args = ['--conditions=@kiln/source', join(cli, 'src', 'main.ts'), ...process.argv.slice(2)];

/** What set-up makes and this command cannot do without. */
const needed = [node, join(root, 'node_modules', 'commander')];
const missing = needed.find((path) => !existsSync(path));

if (missing) {
  process.stderr.write(
    `[setup] ${missing} is missing: this checkout is not set up; run \`npm run setup\` in ${root}\n`,
  );
  process.exitCode = setupExitCode;
} else {
  // Halves the start of every process of a run, which all inherit it.
  const env = { NODE_COMPILE_CACHE: join(root, '.kiln', 'compile-cache'), ...process.env };
  const child = spawn(node, args, { stdio: 'inherit', env });
  // The child decides how to end. It counts a signal that comes both from here and from the terminal once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(
      `[setup] ${node} cannot be started: ${error.message}; run \`npm run setup\` in ${root}\n`,
    );
    process.exitCode = setupExitCode;
  });
  child.once('close', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
