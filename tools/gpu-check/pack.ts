/** Packs what the check needs on a machine that has nothing: sources, packages, Node, TensorFlow, CUDA's libraries, addons. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeStep } from '../setup/node.mjs';
import { nvidia, tensorflowGpu } from '../setup/pins.mjs';
import { setUp } from '../setup/setup.mjs';
import { chosenPin } from '../setup/tensorflow.mjs';
import { keepArchitecture } from './architectures.ts';
import { writeParts, type Parts } from './parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const tensorflowFolder = join('.kiln', 'tensorflow');
const nodeFolder = join('.kiln', 'node');

/** Libraries of CUDA's packages that neither TensorFlow nor XLA opens. */
const unused = /^lib(nvblas|cufftw|cusolverMg)\.so|\.alt\.so/;

/** Packages for building and testing, which the check does without. */
const development =
  /^(nx|@nx|typescript|@typescript|oxlint|@oxlint|oxfmt|@oxfmt|vite|vitest|@vitest|rolldown|@rolldown|playwright-core|lightningcss.*)$/;

/** Paths below the checkout, none of which holds another. Throws when set-up has not made TensorFlow. */
export function contents(device: 'cpu' | 'gpu'): string[] {
  const pin = device === 'gpu' ? tensorflowGpu : chosenPin(root);
  const made = [join(tensorflowFolder, pin.folder, 'lib')];
  if (device === 'gpu') made.push(join(tensorflowFolder, nvidia.folder));
  for (const path of made)
    if (!existsSync(join(root, path)))
      throw new Error(
        `[gpu-check] ${path} is missing; run ${device === 'gpu' ? 'npm run setup -- --gpu' : 'npm run setup'}`,
      );
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const packages = readdirSync(join(root, 'node_modules'))
    .filter((name) => !development.test(name))
    .map((name) => join('node_modules', name));
  const addons = tracked
    .flatMap((path) => /^(libs\/[^/]+)\/native\//.exec(path)?.[1] ?? [])
    .flatMap((lib) => {
      const build = join(lib, 'build');
      if (!existsSync(join(root, build))) return [];
      return readdirSync(join(root, build))
        .filter((name) => name.endsWith('.node'))
        .map((name) => join(build, name));
    });
  const sources = tracked.filter((path) => existsSync(join(root, path)));
  return [nodeFolder, ...made, ...sources, ...packages, ...new Set(addons)];
}

/** Run by `sh join.sh [report.json]` in the folder with the parts; arguments after the report go to the check. */
const joinScript = (device: string): string => `#!/bin/sh
# Puts the parts together below ./kiln and runs the check. Needs tar, gzip and sha256sum.
set -eu
cd "$(dirname "$0")"
report="\${1:-gpu-check.json}"
[ $# -gt 0 ] && shift
sha256sum --quiet -c SHA256SUMS
mkdir -p kiln
cat part-* | tar -xz -C kiln
here="$(pwd)"
cd kiln
exec .kiln/node/bin/node --conditions=@kiln/source tools/gpu-check/main.ts run --device ${device} --out "$here/$report" "$@"
`;

export interface PackOptions {
  readonly folder: string;
  readonly device: 'cpu' | 'gpu';
  readonly partBytes: number;
  /** Compute capability of the GPU, 90 for 9.0: kernels of others stay out. */
  readonly compute?: number;
}

/** Copies of TensorFlow's and CUDA's libraries, below `to`, with the kernels of one generation of GPUs. */
async function keepOneArchitecture(paths: readonly string[], to: string, compute: number): Promise<void> {
  for (const path of paths) {
    const files = await readdir(join(root, path), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile() && !unused.test(entry.name))) {
      const from = join(file.parentPath, file.name);
      const target = join(to, from.slice(root.length));
      await mkdir(dirname(target), { recursive: true });
      await cp(from, target);
      const bytes = await readFile(from);
      if (keepArchitecture(bytes, compute) > 0) await writeFile(target, bytes);
    }
  }
}

/** Set-up fetches none where the machine's own is new enough, which may need libraries that the other machine lacks. */
const ownNodeStep = { ...nodeStep, isReady: () => existsSync(join(root, nodeFolder)) };

export async function pack({ folder, device, partBytes, compute }: PackOptions): Promise<Parts> {
  if (!(partBytes >= 1e6)) throw new Error('[gpu-check] --part-mb must be a number from 1 on');
  await mkdir(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`[gpu-check] ${folder} must be empty`);
  await setUp(root, { steps: [ownNodeStep] });
  const list = contents(device);
  const libraries = list.filter((path) => path.startsWith(tensorflowFolder));
  const staging = await mkdtemp(join(folder, 'staging-'));
  if (compute !== undefined) await keepOneArchitecture(libraries, staging, compute);
  // Links are followed where they lead out of the checkout, as a shared .kiln does.
  const args = ['-cz', '--hard-dereference', '-C', root, '-T', '-'];
  if (compute !== undefined) args.push('-C', staging, ...libraries);
  const tar = spawn('tar', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  tar.stdin.end(list.filter((path) => compute === undefined || !libraries.includes(path)).join('\n'));
  const ended = once(tar, 'close') as Promise<[number | null]>;
  const parts = await writeParts(tar.stdout as AsyncIterable<Buffer>, folder, partBytes);
  const [code] = await ended;
  if (code !== 0) throw new Error(`[gpu-check] tar ended with ${code}`);
  await rm(staging, { recursive: true });
  await writeFile(join(folder, 'join.sh'), joinScript(device), { mode: 0o755 });
  return parts;
}
