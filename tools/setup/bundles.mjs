/** The programs of a run as bundles, made again whenever their sources have changed: `kiln` starts from source until then. */
import { join } from 'node:path';
import { areFresh, bundlesFolder } from '../../apps/cli/bin/bundles.mjs';
import { exec } from './exec.mjs';
import { environment, nodePath } from './node.mjs';
import { withProgress } from './progress.mjs';

/** @type {import('./setup.mjs').Step} */
export const bundlesStep = {
  name: 'bundles',
  tools: [],
  isReady: areFresh,
  make: (root) =>
    withProgress(
      'programs, bundling',
      () => undefined,
      () =>
        exec(nodePath(root), [join(root, 'apps/cli/tools/bundle.mjs'), root, bundlesFolder(root)], {
          cwd: root,
          env: environment(root),
          what: 'bundling the programs',
        }),
    ),
};
