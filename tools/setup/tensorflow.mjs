/** TensorFlow's two shared libraries and its C headers, taken out of the Python wheel into .kiln/tensorflow. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
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
import { nvidia, tensorflow, tensorflowGpu } from './pins.mjs';
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

/** @typedef {typeof tensorflow} Pin */

/** @param {string} root @param {{ folder: string }} pin */
const home = (root, pin) => join(root, '.kiln', 'tensorflow', pin.folder);

/** The build for GPUs, once it was asked for or is there; it computes on CPUs too. @param {string} root @returns {Pin} */
export const chosenPin = (root) =>
  process.env['KILN_DEVICE'] === 'gpu' || existsSync(home(root, tensorflowGpu)) ? tensorflowGpu : tensorflow;

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Refuses any wheel but the pinned one.
 * @param {string} wheel @param {{ package: string, version: string, sha256: string }} pin
 */
export async function verifyWheel(wheel, pin) {
  const expected = pin.sha256;
  if (!existsSync(wheel)) throw new SetupError(`KILN_TENSORFLOW_WHEEL names ${wheel}, which does not exist`);
  const got = await sha256(wheel);
  if (got !== expected) {
    throw new SetupError(
      `${wheel} is not ${pin.package} ${pin.version}: expected SHA-256 ${expected}, got ${got}`,
    );
  }
}

/**
 * Fetches wheels with pip, which checks their hashes and keeps whole ones that are already in the folder.
 * @param {readonly { package: string, version: string, sha256: string }[]} packages
 * @param {{ title: string, wheelBytes: number }} about @param {string} folder @param {string} temporary
 * @returns {Promise<string[]>} the wheels
 */
async function download(packages, { title, wheelBytes }, folder, temporary) {
  const partial = join(temporary, 'pip');
  const requirements = join(temporary, 'requirements.txt');
  mkdirSync(partial, { recursive: true });
  const lines = packages.map((one) => `${one.package}==${one.version} --hash=sha256:${one.sha256}\n`);
  writeFileSync(requirements, lines.join(''));
  const { version, abi, platforms } = tensorflow.python;
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--progress-bar', 'off'];
  args.push('--only-binary=:all:', '--no-deps', '--implementation', 'cp');
  args.push('--python-version', version, '--abi', abi);
  for (const platform of platforms) args.push('--platform', platform);
  args.push('--require-hashes', '--requirement', requirements, '--dest', folder);
  const amount = () => ({
    done: Math.round((folderBytes(partial) + folderBytes(folder)) / 1e6),
    total: Math.round(wheelBytes / 1e6),
    unit: 'MB',
  });
  await withProgress(`${title}, download`, amount, () =>
    // pip collects its downloads in TMPDIR, where the progress line can see them grow.
    exec('python3', args, {
      env: { ...process.env, TMPDIR: partial },
      what: `downloading ${title} with pip`,
    }),
  );
  return readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .map((name) => join(folder, name));
}

/**
 * Unpacks beside the final place and renames, so that the folder is there either whole or not at all.
 * @param {string} wheel @param {string} temporary @param {string} target @param {Pin} pin
 */
export async function installWheel(wheel, temporary, target, pin = tensorflow) {
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
  isReady: (root) => existsSync(home(root, chosenPin(root))),
  async make(root, temporary) {
    const given = process.env['KILN_TENSORFLOW_WHEEL'];
    // Not in the temporary folder: an interruption while unpacking need not download again.
    const folder = join(root, '.kiln', 'download');
    const pin = chosenPin(root);
    const about = { title: `TensorFlow ${pin.version}`, wheelBytes: pin.wheelBytes };
    const [wheel] = given ? [resolve(given)] : await download([pin], about, folder, temporary);
    if (!wheel) throw new SetupError('pip downloaded no TensorFlow wheel');
    await verifyWheel(wheel, pin);
    await installWheel(wheel, temporary, home(root, pin), pin);
    rmSync(folder, { recursive: true, force: true });
  },
};

/** Where a file of NVIDIA's wheels belongs: libraries, and what XLA compiles with. @param {string} name */
export function nvidiaPlaceOf(name) {
  const isLibrary =
    /^nvidia\/\w+\/lib\/lib[^/]+\.so(\.\d+)*$/.test(name) &&
    !/\/lib(nvperf|checkpoint|pcsampling)/.test(name);
  const isCompiler = /^nvidia\/cuda_nvcc\/(bin\/(ptxas|nvlink|fatbinary)|nvvm\/libdevice\/[^/]+)$/.test(name);
  return isLibrary || isCompiler ? name.slice('nvidia/'.length) : undefined;
}

/** CUDA's libraries, for the build for GPUs alone. @type {import('./setup.mjs').Step} */
export const nvidiaStep = {
  name: 'nvidia',
  tools: process.env['KILN_NVIDIA_WHEELS'] ? [] : [python],
  isReady: (root) => chosenPin(root) !== tensorflowGpu || existsSync(home(root, nvidia)),
  async make(root, temporary) {
    const given = process.env['KILN_NVIDIA_WHEELS'];
    const folder = given ? resolve(given) : join(root, '.kiln', 'download-nvidia');
    const about = { title: "NVIDIA's CUDA 12 libraries", wheelBytes: nvidia.wheelBytes };
    if (!given) await download(nvidia.packages, about, folder, temporary);
    const staging = join(temporary, 'nvidia');
    let written = 0;
    const amount = () => ({
      done: Math.round(written / 1e6),
      total: Math.round(nvidia.unpackedBytes / 1e6),
      unit: 'MB',
    });
    await withProgress(`${about.title}, unpacking`, amount, async () => {
      for (const pin of nvidia.packages) {
        const prefix = `${pin.package.replaceAll('-', '_')}-${pin.version}-`;
        const wheel = readdirSync(folder).find((name) => name.startsWith(prefix) && name.endsWith('.whl'));
        if (!wheel) throw new SetupError(`${folder} has no wheel of ${pin.package} ${pin.version}`);
        await verifyWheel(join(folder, wheel), pin);
        await extractZip(join(folder, wheel), staging, nvidiaPlaceOf, (bytes) => {
          written += bytes;
        });
      }
    });
    for (const name of readdirSync(join(staging, 'cuda_nvcc', 'bin')))
      chmodSync(join(staging, 'cuda_nvcc', 'bin', name), 0o755);
    rmSync(home(root, nvidia), { recursive: true, force: true });
    renameSync(staging, home(root, nvidia));
    if (!given) rmSync(folder, { recursive: true, force: true });
  },
};
