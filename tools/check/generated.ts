/** Finds generated files that are not what `npm run generate` makes of their sources. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './outcome.ts';

/** Path and content of every file in a `gen` folder of a project. */
export function readGenerated(root: string): Map<string, string> {
  const files = ['apps', 'libs'].flatMap((kind) =>
    readdirSync(join(root, kind), { recursive: true, encoding: 'utf8' })
      .filter((path) => /^[^/]+\/src\/gen\/.*\.[a-z]+$/.test(path))
      .map((path) => `${kind}/${path}`),
  );
  return new Map(files.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Generates, and compares with what was there; the new files stay, so that a commit mends the fault. */
export async function findStale(root: string, generate: () => Promise<Outcome>): Promise<Outcome> {
  const before = readGenerated(root);
  const generated = await generate();
  if (!generated.ok) return generated;
  const after = readGenerated(root);
  const stale = [...after].filter(([path, content]) => before.get(path) !== content).map(([path]) => path);
  const lines = stale.map((path) => `${path} was stale; it has been generated again, commit it`);
  return { ok: lines.length === 0, output: lines.join('\n') };
}
