/** TensorFlow's two shared libraries and its C headers, taken out of the Python wheel into .kiln/tensorflow. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { exec } from './exec.mjs';
import { folderBytes } from './folder-bytes.mjs';
import { tensorflow as pin } from './pins.mjs';
import { python } from './prerequisites.mjs';
import { withProgress } from './progress.mjs';
import { SetupError } from './setup-error.mjs';
import { extractZip } from './zip.mjs';

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

// The C API's headers and the platform headers that they include; the other 5,000 are C++ internals.
const headers =
  /^tensorflow\/include\/((?:tensorflow\/c|tensorflow\/core\/platform|tensorflow\/tsl\/platform|tsl\/platform|xla\/tsl\/c|xla\/tsl\/platform)\/.*\.h)$/;

/** Where a file of the wheel belongs, or undefined if it is not needed. @param {string} name */
export function placeOf(name) {
  const library = libraries.find((candidate) => name === `tensorflow/${candidate}`);
  if (library) return `lib/${library}`;
  const header = headers.exec(name)?.[1];
  return header && `include/${header}`;
}

/** @param {string} root */
const home = (root) => join(root, '.kiln', 'tensorflow', pin.folder);

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Refuses any wheel but the pinned one.
 * @param {string} wheel @param {string} expected
 */
export async function verifyWheel(wheel, expected = pin.sha256) {
  if (!existsSync(wheel)) throw new SetupError(`KILN_TENSORFLOW_WHEEL names ${wheel}, which does not exist`);
  const got = await sha256(wheel);
  if (got !== expected) {
    throw new SetupError(
      `${wheel} is not ${pin.package} ${pin.version}: expected SHA-256 ${expected}, got ${got}`,
    );
  }
}

/**
 * Fetches the wheel with pip, which checks its hash and keeps a whole one that is already in the folder.
 * @param {string} folder @param {string} temporary
 */
async function download(folder, temporary) {
  const partial = join(temporary, 'pip');
  const requirements = join(temporary, 'requirements.txt');
  mkdirSync(partial, { recursive: true });
  writeFileSync(requirements, `${pin.package}==${pin.version} --hash=sha256:${pin.sha256}\n`);
  const { version, abi, platform } = pin.python;
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--progress-bar', 'off'];
  args.push('--only-binary=:all:', '--no-deps', '--implementation', 'cp');
  args.push('--python-version', version, '--abi', abi, '--platform', platform);
  args.push('--require-hashes', '--requirement', requirements, '--dest', folder);
  const amount = () => ({
    done: Math.round((folderBytes(partial) + folderBytes(folder)) / 1e6),
    total: Math.round(pin.wheelBytes / 1e6),
    unit: 'MB',
  });
  await withProgress(`TensorFlow ${pin.version}, download`, amount, () =>
    // pip collects its downloads in TMPDIR, where the progress line can see them grow.
    exec('python3', args, {
      env: { ...process.env, TMPDIR: partial },
      what: 'downloading TensorFlow with pip',
    }),
  );
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new SetupError('pip downloaded no TensorFlow wheel');
  return join(folder, wheel);
}

/**
 * Unpacks beside the final place and renames, so that the folder is there either whole or not at all.
 * @param {string} wheel @param {string} temporary @param {string} target
 */
export async function installWheel(wheel, temporary, target) {
  const staging = join(temporary, 'tensorflow');
  rmSync(staging, { recursive: true, force: true });
  let written = 0;
  const amount = () => ({
    done: Math.round(written / 1e6),
    total: Math.round(pin.unpackedBytes / 1e6),
    unit: 'MB',
  });
  const made = await withProgress(`TensorFlow ${pin.version}, unpacking`, amount, () =>
    extractZip(wheel, staging, placeOf, (bytes) => {
      written += bytes;
    }),
  );
  const missing = [...libraries.map((name) => `lib/${name}`), 'include/tensorflow/c/c_api.h'].filter(
    (path) => !made.includes(path),
  );
  if (missing.length > 0) throw new SetupError(`${wheel} lacks ${missing.join(', ')}`);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
}

/** @type {import('./setup.mjs').Step} */
export const tensorflowStep = {
  name: 'tensorflow',
  tools: process.env['KILN_TENSORFLOW_WHEEL'] ? [] : [python],
  isReady: (root) => existsSync(home(root)),
  async make(root, temporary) {
    const given = process.env['KILN_TENSORFLOW_WHEEL'];
    // Not in the temporary folder: an interruption while unpacking need not download again.
    const folder = join(root, '.kiln', 'download');
    const wheel = given ? resolve(given) : await download(folder, temporary);
    await verifyWheel(wheel);
    await installWheel(wheel, temporary, home(root));
    rmSync(folder, { recursive: true, force: true });
  },
};
