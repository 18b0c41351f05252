/**
 * `npm start`, `npm test` and the other commands of the root package.json: sets up what the checkout lacks, then runs the
 * command with a current Node first in PATH. Plain JavaScript without packages, because it runs before there are any.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, nodePath } from './setup/node.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { setUp } from './setup/setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = '--conditions=@kiln/source';

/** A package's program, run without npx. @param {string} name */
const program = (name) => join(root, 'node_modules', '.bin', name);
/** @param {string} path */
const inRoot = (path) => join(root, path);

/**
 * What each command starts, given the arguments after it: a program and its arguments.
 * @type {Record<string, (args: string[]) => [string, ...string[]]>}
 */
const commands = {
  start: (args) => [nodePath(root), inRoot('apps/cli/bin/kiln.mjs'), 'train', 'digits-dcgan', ...args],
  test: (args) => [program('vitest'), 'run', ...args],
  build: (args) => [program('nx'), 'run-many', '-t', 'build', ...args],
  lint: (args) => [program('oxlint'), ...args],
  format: (args) => [program('oxfmt'), ...args],
  generate: (args) => [program('nx'), 'run-many', '-t', 'generate', ...args],
  check: (args) => [nodePath(root), inRoot('tools/check/main.ts'), ...args],
  proof: (args) => [nodePath(root), source, inRoot('tools/proof/main.ts'), ...args],
  bench: (args) => [nodePath(root), source, inRoot('apps/bench/src/main.ts'), ...args],
  'gpu-check': (args) => [nodePath(root), source, inRoot('tools/gpu-check/main.ts'), ...args],
  screens: (args) => [nodePath(root), source, inRoot('tools/screens/main.ts'), ...args],
};

/**
 * Runs to the end and returns the exit code that a shell would report.
 * @param {[string, ...string[]]} command @returns {Promise<number>}
 */
function run([file, ...args]) {
  return new Promise((resolve, reject) => {
    const env = { ...environment(root), NX_DAEMON: 'false', NX_TUI: 'false' };
    const child = spawn(file, args, { cwd: root, env, stdio: 'inherit' });
    // A terminal sends Ctrl-C to the child as well; it decides how to end. Other senders reach only this process.
    process.on('SIGINT', () => {});
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** @param {string[]} argv @returns {Promise<number>} */
async function main([name = '', ...args]) {
  const command = commands[name];
  if (!command && name !== 'setup') {
    console.error(
      `[run] unknown command ${JSON.stringify(name)}, expected one of setup, ${Object.keys(commands).join(', ')}`,
    );
    return 2;
  }
  // Only on request: the build for GPUs is twelve times as large.
  if (name === 'setup' && args.includes('--gpu')) process.env['KILN_DEVICE'] = 'gpu';
  try {
    await setUp(root);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    if (error.detail) console.error(error.detail.replace(/^/gm, '  | '));
    return 1;
  }
  return command ? run(command(args)) : 0;
}

process.exitCode = await main(process.argv.slice(2));
