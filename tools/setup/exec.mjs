/** Runs a helper program quietly; what it printed is shown only when it fails. */
import { spawn, spawnSync } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

const maxLines = 12;

/** The first and last lines: the reason stands in the former with some programs, in the latter with others. @param {string} text */
export function excerpt(text) {
  const lines = text.trim().split('\n');
  if (lines.length <= 2 * maxLines) return lines.join('\n');
  const dropped = lines.length - 2 * maxLines;
  return [...lines.slice(0, maxLines), `… ${dropped} lines left out …`, ...lines.slice(-maxLines)].join('\n');
}

/**
 * @param {string} command @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, what: string }} options what: named in the error, "fetching packages"
 * @returns {Promise<void>}
 */
export function exec(command, args, { cwd, env, what }) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (cause) => reject(new SetupError(`${what} failed: ${cause.message}`, { cause })));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new SetupError(`${what} failed (${signal ?? `exit code ${code}`})`, { detail: excerpt(output) }),
        );
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
