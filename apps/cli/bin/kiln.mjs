#!/usr/bin/env node
/** Finds a Node new enough for Kiln and starts the command line with it. Plain JavaScript without packages: any Node >= 20 runs it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areFresh, bundlesFolder } from './bundles.mjs';

const minNodeMajor = 24;
const setupExitCode = 7;

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(cli));
const isNewEnough = Number.parseInt(process.versions.node, 10) >= minNodeMajor;
const node = isNewEnough ? process.execPath : join(root, '.kiln', 'node', 'bin', 'node');

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
  process.env['NODE_COMPILE_CACHE'] ??= join(root, '.kiln', 'compile-cache');
  if (!areFresh(root)) start('--conditions=@kiln/source', join(cli, 'src', 'main.ts'));
  else if (!isNewEnough) start('--enable-source-maps', join(bundlesFolder(root), 'cli.mjs'));
  else {
    module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
    process.setSourceMapsEnabled(true);
    await import(join(bundlesFolder(root), 'cli.mjs'));
  }
}

/** @param {string[]} args of Node */
function start(...args) {
  const child = spawn(node, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
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
