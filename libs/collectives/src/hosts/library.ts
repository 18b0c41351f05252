/** Where libzmq is: in the npm package `zeromq`, built for several systems, beside a binding of its own that we do not load. */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CollectiveError } from '../errors.ts';

/** Files that hold libzmq for this kind of machine; which of them its C library can load shows when it tries. */
export function zmqLibraries(): string[] {
  const root = dirname(createRequire(import.meta.url).resolve('zeromq/package.json'));
  const folder = join(root, 'build', process.platform, process.arch, 'node');
  const builds = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('glibc-')) : [];
  if (builds.length === 0) {
    throw new CollectiveError(
      'cannot-listen',
      `the zeromq package has no library for ${process.platform} on ${process.arch}: only ranks of one host can train together here`,
    );
  }
  return builds.toSorted().map((name) => join(folder, name, 'addon.node'));
}
