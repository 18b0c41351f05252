/** The npm packages of package-lock.json, installed again whenever that file has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './exec.mjs';
import { environment, npm } from './node.mjs';
import { withProgress } from './progress.mjs';

/** @param {string} root */
const lockFile = (root) => join(root, 'package-lock.json');

// Inside node_modules, so that whoever deletes that folder deletes the stamp with it.
/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.kiln-stamp');

/** @param {string} root */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(lockFile(root)))
    .digest('hex');
}

/** @type {import('./setup.mjs').Step} */
export const packagesStep = {
  name: 'packages',
  tools: [],
  isReady(root) {
    const stamp = stampFile(root);
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root);
  },
  async make(root) {
    const hash = lockHash(root);
    const paths = Object.keys(JSON.parse(readFileSync(lockFile(root), 'utf8')).packages).filter((path) =>
      path.startsWith('node_modules/'),
    );
    const amount = () => ({
      done: paths.filter((path) => existsSync(join(root, path, 'package.json'))).length,
      total: paths.length,
      unit: 'packages',
    });
    const [command, args] = npm(root, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
    await withProgress('npm packages', amount, () =>
      exec(command, args, { cwd: root, env: environment(root), what: 'installing the npm packages' }),
    );
    writeFileSync(stampFile(root), hash);
  },
};
