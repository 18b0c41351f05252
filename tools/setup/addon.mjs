/** The native addon, compiled again whenever its sources have changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './exec.mjs';
import { environment, nodePath } from './node.mjs';
import { tensorflow as pin } from './pins.mjs';
import { compiler } from './prerequisites.mjs';
import { withProgress } from './progress.mjs';

/** @param {string} root */
const project = (root) => join(root, 'libs', 'tensorflow');
/** @param {string} root */
const script = (root) => join(project(root), 'tools', 'build-addon.mjs');
/** @param {string} root */
const binary = (root) => join(project(root), 'build', 'kiln.node');
/** @param {string} root */
const stampFile = (root) => join(project(root), 'build', '.kiln-stamp');

/** One hash over everything that the binary is made from. @param {string} root */
export function sourceHash(root) {
  const native = join(project(root), 'native');
  const files = readdirSync(native, { recursive: true, encoding: 'utf8' })
    .map((name) => join(native, name))
    .filter((file) => statSync(file).isFile())
    .toSorted();
  const hash = createHash('sha256').update(pin.folder);
  for (const file of [...files, script(root)])
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** @type {import('./setup.mjs').Step} */
export const addonStep = {
  name: 'addon',
  tools: [compiler],
  isReady(root) {
    const stamp = stampFile(root);
    return existsSync(binary(root)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
  },
  async make(root) {
    const hash = sourceHash(root);
    await withProgress(
      'native addon, compiling',
      () => undefined,
      () =>
        exec(nodePath(root), [script(root)], {
          cwd: root,
          env: environment(root),
          what: 'compiling the native addon',
        }),
    );
    writeFileSync(stampFile(root), hash);
  },
};
