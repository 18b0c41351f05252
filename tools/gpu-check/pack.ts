/** Packs what the check needs on a machine that has nothing: sources, packages, Node, TensorFlow, CUDA's libraries, addons. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nvidia, tensorflow, tensorflowGpu } from '../setup/pins.mjs';
import { writeParts, type Parts } from './parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packages for building and testing, which the check does without. */
const development =
  /^(nx|@nx|typescript|@typescript|oxlint|@oxlint|oxfmt|@oxfmt|vite|vitest|@vitest|rolldown|@rolldown|playwright-core|lightningcss.*)$/;

/** Paths below the checkout, none of which holds another. Throws when set-up has not made one of them. */
export function contents(device: 'cpu' | 'gpu'): string[] {
  const pin = device === 'gpu' ? tensorflowGpu : tensorflow;
  const library = (folder: string): string => join('.kiln', 'tensorflow', folder);
  const made = ['.kiln/node', join(library(pin.folder), 'lib')];
  if (device === 'gpu') made.push(library(nvidia.folder));
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
  return [...made, ...tracked, ...packages, ...new Set(addons)].filter((path) =>
    existsSync(join(root, path)),
  );
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
}

export async function pack({ folder, device, partBytes }: PackOptions): Promise<Parts> {
  if (!(partBytes >= 1e6)) throw new Error('[gpu-check] --part-mb must be a number from 1 on');
  await mkdir(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`[gpu-check] ${folder} must be empty`);
  const list = contents(device);
  // Links are followed where they lead out of the checkout, as a shared .kiln does.
  const tar = spawn('tar', ['-cz', '--hard-dereference', '-C', root, '-T', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  tar.stdin.end(list.join('\n'));
  const ended = once(tar, 'close') as Promise<[number | null]>;
  const parts = await writeParts(tar.stdout as AsyncIterable<Buffer>, folder, partBytes);
  const [code] = await ended;
  if (code !== 0) throw new Error(`[gpu-check] tar ended with ${code}`);
  await writeFile(join(folder, 'join.sh'), joinScript(device), { mode: 0o755 });
  return parts;
}
