/** The native addons, compiled again whenever their sources have changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exec } from './exec.mjs';
import { environment, nodePath } from './node.mjs';
import { compiler } from './prerequisites.mjs';
import { chosenPin } from './tensorflow.mjs';
import { withProgress } from './progress.mjs';

/** @param {string} root */
const script = (root) => join(root, 'libs', 'tensorflow', 'tools', 'build-addon.mjs');
/** @param {string} root */
const stampFile = (root) => join(root, 'libs', 'tensorflow', 'build', '.kiln-stamp');
/** The libraries with C++ of ours, and the addon of each. @param {string} root */
const binaries = (root) => [
  join(root, 'libs', 'tensorflow', 'build', 'kiln.node'),
  join(root, 'libs', 'checkpoints', 'build', 'checkpoints.node'),
];

/** One hash over everything that the binaries are made from. @param {string} root */
export function sourceHash(root) {
  const files = binaries(root)
    .map((binary) => join(dirname(dirname(binary)), 'native'))
    .flatMap((native) =>
      readdirSync(native, { recursive: true, encoding: 'utf8' })
        .map((name) => join(native, name))
        .filter((file) => statSync(file).isFile())
        .toSorted(),
    );
  const hash = createHash('sha256').update(chosenPin(root).folder);
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
    return (
      binaries(root).every((binary) => existsSync(binary)) &&
      existsSync(stamp) &&
      readFileSync(stamp, 'utf8') === sourceHash(root)
    );
  },
  async make(root) {
    const hash = sourceHash(root);
    await withProgress(
      'native addons, compiling',
      () => undefined,
      () =>
        exec(nodePath(root), [script(root), chosenPin(root).folder], {
          cwd: root,
          env: environment(root),
          what: 'compiling the native addons',
        }),
    );
    writeFileSync(stampFile(root), hash);
  },
};
