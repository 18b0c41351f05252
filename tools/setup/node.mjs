/** A Node new enough for the toolchain: the running one, or a copy in .kiln/node taken from npm by hash. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { exec } from './exec.mjs';
import { folderBytes } from './folder-bytes.mjs';
import { minNodeMajor, node as pin } from './pins.mjs';
import { withProgress } from './progress.mjs';

/** @param {string} version such as "20.20.2" */
export function isNewEnough(version) {
  return Number.parseInt(version, 10) >= minNodeMajor;
}

/** @param {string} root */
const home = (root) => join(root, '.kiln', 'node');

/** The Node that runs Kiln's commands. @param {string} root */
export function nodePath(root) {
  return isNewEnough(process.versions.node) ? process.execPath : join(home(root), 'bin', 'node');
}

/** The environment in which `node`, and every tool that starts it, is that Node. @param {string} root */
export function environment(root) {
  const first = join(nodePath(root), '..');
  return { ...process.env, PATH: `${first}${delimiter}${process.env['PATH'] ?? ''}` };
}

/** npm as run by that Node. @param {string} root @param {readonly string[]} args @returns {[string, string[]]} */
export function npm(root, args) {
  // `npm_execpath` is the npm that started us, if one did; it must be a script, because pnpm and yarn set the variable too.
  const own = process.env['npm_execpath'];
  const script = own && /npm-cli\.[cm]?js$/.test(own) && existsSync(own) ? own : undefined;
  return script ? [nodePath(root), [script, ...args]] : ['npm', [...args]];
}

/** @type {import('./setup.mjs').Step} */
export const nodeStep = {
  name: 'node',
  tools: [],
  isReady(root) {
    if (isNewEnough(process.versions.node)) return true;
    try {
      // The package's own description, moved into place together with the program, is the stamp.
      return JSON.parse(readFileSync(join(home(root), 'package.json'), 'utf8')).version === pin.version;
    } catch {
      return false;
    }
  },
  async make(root, temporary) {
    const folder = join(temporary, 'node');
    mkdirSync(folder, { recursive: true });
    const dependencies = { [pin.package]: pin.version };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies },
          [`node_modules/${pin.package}`]: { version: pin.version, integrity: pin.integrity },
        },
      }),
    );
    const unpacked = join(folder, 'node_modules');
    const amount = () => ({
      done: Math.round(folderBytes(unpacked) / 1e6),
      total: Math.round(pin.unpackedBytes / 1e6),
      unit: 'MB unpacked',
    });
    const title = `Node ${pin.version} (this machine has ${process.versions.node})`;
    await withProgress(title, amount, () =>
      exec('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false'], {
        cwd: folder,
        env: process.env,
        what: `fetching Node ${pin.version} from npm`,
      }),
    );
    const made = join(unpacked, pin.package);
    // The addon is compiled against the node-api-headers package, so Node's own headers only take room.
    for (const part of ['include', 'share']) rmSync(join(made, part), { recursive: true, force: true });
    rmSync(home(root), { recursive: true, force: true });
    renameSync(made, home(root));
  },
};
