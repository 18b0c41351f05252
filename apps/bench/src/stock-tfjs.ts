/** Stock tfjs-node as a peer: its package, with its own addon compiled against the TensorFlow that Kiln runs on. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const version = '4.22.0';
const root = join(import.meta.dirname, '../../..');
const home = join(root, '.kiln', `tfjs-node-${version}`);
const modules = join(home, 'node_modules');
const tensorflow = join(root, '.kiln/tensorflow/2.21.0-cpu');

const run = promisify(execFile);

/** The folder of its packages, or null while nobody has asked for them. */
export function findStockTfjs(): string | null {
  return existsSync(modules) ? modules : null;
}

export async function ensureStockTfjs(): Promise<string> {
  if (existsSync(modules)) return modules;
  process.stderr.write(`[tfjs] installing tfjs-node ${version} into ${home} (once)\n`);
  await mkdir(dirname(home), { recursive: true });
  const folder = await mkdtemp(`${home}-`);
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
    await run('npm', [...install, `@tensorflow/tfjs-node@${version}`], { cwd: folder });
    await compileAddon(join(folder, 'node_modules/@tensorflow/tfjs-node'));
    await rename(folder, home);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return modules;
}

/** Its prebuilt addon is on a server of its own and links an old TensorFlow; the sources are in the package. */
async function compileAddon(tfjsNode: string): Promise<void> {
  const target = join(tfjsNode, 'lib/napi-v8');
  await mkdir(target, { recursive: true });
  const flags = ['-std=c++17', '-O2', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8'];
  const includes = ['-I', join(tfjsNode, 'binding'), '-isystem', join(tensorflow, 'include')];
  const nodeApi = ['-isystem', join(root, 'node_modules/node-api-headers/include')];
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((source) => join(tfjsNode, 'binding', source));
  const lib = join(tensorflow, 'lib');
  const libraries = [`-L${lib}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];
  const output = ['-o', join(target, 'tfjs_binding.node'), `-Wl,-rpath,${lib}`];
  await run('g++', [...flags, ...includes, ...nodeApi, ...sources, ...output, ...libraries]);
}
