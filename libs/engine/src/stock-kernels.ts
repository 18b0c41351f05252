/**
 * tfjs-node's JavaScript kernels, from CommonJS and only when asked for. In a bundle this module has another form:
 * `apps/cli/tools/bundle.mjs`.
 */
import { createRequire } from 'node:module';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';

const require = createRequire(import.meta.url);
const layer = '@tensorflow/tfjs-node-gpu/dist';
/** The layer's dependency, not ours. */
const tfjs = '@tensorflow/tfjs';

/** The kernels import all of tfjs (layers, WebGL and more) for what tfjs-core has: they are given that. */
function withCoreOnly<T>(load: () => T): T {
  const whole = require.resolve(tfjs);
  const before = require.cache[whole];
  require('@tensorflow/tfjs-core');
  require.cache[whole] = require.cache[require.resolve('@tensorflow/tfjs-core')];
  try {
    return load();
  } finally {
    if (before === undefined) delete require.cache[whole];
    else require.cache[whole] = before;
  }
}

export const stockBackend = (): { NodeJSKernelBackend: typeof NodeJSKernelBackend } =>
  withCoreOnly(() => require(`${layer}/nodejs_kernel_backend`));

/** Registers every kernel; the backend must be registered already. */
export const registerAll = (): void => withCoreOnly(() => require(`${layer}/register_all_kernels`));
