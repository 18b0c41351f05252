/** The npm packages of package-lock.json, installed again whenever node_modules holds others. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './exec.mjs';
import { environment, npm } from './node.mjs';
import { withProgress } from './progress.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked
 * @typedef {Record<string, Locked>} Packages by path
 */

/** Whether npm installs a package of the lock file on this platform. @param {Locked} entry */
export function isForUs({ os = ['linux'], cpu = ['x64'], libc = ['glibc'] }) {
  return os.includes('linux') && cpu.includes('x64') && libc.includes('glibc');
}

/**
 * What npm has to install. An optional package that says nothing of platforms belongs to one that does, and comes or stays
 * away with it.
 * @param {Packages} packages
 */
function wanted(packages) {
  return Object.entries(packages).filter(
    ([path, entry]) => path.startsWith('node_modules/') && isForUs(entry) && (!entry.optional || entry.os),
  );
}

/**
 * Whether what npm last installed, by its own record, has all that the lock file asks for.
 * @param {Packages} locked @param {Packages} installed
 */
export function isInstalled(locked, installed) {
  return wanted(locked).every(([path, { version, integrity, link }]) => {
    const present = installed[path];
    if (!present) return false;
    return link ? present.link === true : present.version === version && present.integrity === integrity;
  });
}

/** @param {string} file @returns {Packages} */
const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** @param {string} root */
const lockFile = (root) => join(root, 'package-lock.json');

// npm writes this record last, and anew on every change, so an interrupted installation does not pass for a whole one.
/** @param {string} root */
const recordFile = (root) => join(root, 'node_modules', '.package-lock.json');

/** @type {import('./setup.mjs').Step} */
export const packagesStep = {
  name: 'packages',
  tools: [],
  isReady: (root) =>
    existsSync(recordFile(root)) && isInstalled(readPackages(lockFile(root)), readPackages(recordFile(root))),
  async make(root) {
    const paths = wanted(readPackages(lockFile(root))).map(([path]) => path);
    const amount = () => ({
      done: paths.filter((path) => existsSync(join(root, path, 'package.json'))).length,
      total: paths.length,
      unit: 'packages',
    });
    const [command, args] = npm(root, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
    await withProgress('npm packages', amount, () =>
      exec(command, args, { cwd: root, env: environment(root), what: 'installing the npm packages' }),
    );
  },
};
