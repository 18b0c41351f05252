/** Lets one set-up at a time work on a checkout. The lock names its owner, so that one left by a killed process is taken over. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process id alone may be reused; with its start time it is unique until the next boot. @param {number | string} pid */
export function processIdentity(pid) {
  try {
    // The second field is the program's name in parentheses and may hold spaces; start time is the 20th after it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {string} content */
function createOnce(file, content) {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file @returns {string | undefined} */
function owner(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(message: string) => void} say called once when another set-up must be waited for
 * @returns {Promise<T>}
 */
export async function withLock(file, work, say) {
  const self = processIdentity(process.pid) ?? String(process.pid);
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  let emptyChecks = 0;
  while (!createOnce(file, self)) {
    const other = owner(file);
    // An empty file is a lock whose owner is between creating and filling it, unless it stays so.
    emptyChecks = other === '' ? emptyChecks + 1 : 0;
    const alive =
      other === ''
        ? emptyChecks < 10
        : other !== undefined && processIdentity(other.split(' ')[0] ?? '') === other;
    if (!alive && other !== undefined) {
      if (owner(file) === other) rmSync(file, { force: true });
      continue;
    }
    if (!told && other) say(`another set-up is at work (process ${other.split(' ')[0]}); waiting for it`);
    told ||= Boolean(other);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    if (owner(file) === self) rmSync(file, { force: true });
  }
}
