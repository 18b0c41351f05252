/** Runs a helper program quietly; what it printed is shown only when it fails. */
import { spawn, spawnSync } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

const tailBytes = 4000;

/**
 * @param {string} command @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, what: string }} options what: named in the error, "fetching packages"
 * @returns {Promise<void>}
 */
export function exec(command, args, { cwd, env, what }) {
  return new Promise((resolve, reject) => {
    let tail = '';
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        tail = (tail + text).slice(-tailBytes);
      });
    }
    child.once('error', (cause) => reject(new SetupError(`${what} failed: ${cause.message}`, { cause })));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new SetupError(`${what} failed (${signal ?? `exit code ${code}`})`, { detail: tail.trim() }));
    });
  });
}

/**
 * Whether a program starts and ends with code 0.
 * @param {string} command @param {readonly string[]} args @param {string} [input] given on stdin
 */
export function succeeds(command, args, input = '') {
  return (
    spawnSync(command, args, { input, stdio: ['pipe', 'ignore', 'ignore'], timeout: 30_000 }).status === 0
  );
}
