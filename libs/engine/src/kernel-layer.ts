/**
 * Loads tfjs-node's JavaScript kernels without its native half. Its index.js insists on its own addon, so only
 * the backend class and the kernel registrations are loaded, from CommonJS.
 */
import { createRequire } from 'node:module';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';

const require = createRequire(import.meta.url);
const layer = '@tensorflow/tfjs-node-gpu/dist';

/** The backend name under which the kernels register themselves and look for their backend. */
export const backendName = 'tensorflow';

/** Node 23 removed these from `util`; the kernels call them for nearly every op (tensorflow/tfjs#8609). */
function restoreRemovedUtil(): void {
  const util = require('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  // Still there on Node 24, but each call warns.
  util['isArray'] = Array.isArray;
}

export function loadBackendClass(): typeof NodeJSKernelBackend {
  restoreRemovedUtil();
  const { NodeJSKernelBackend: Base } = require(`${layer}/nodejs_kernel_backend`) as {
    NodeJSKernelBackend: typeof NodeJSKernelBackend;
  };
  return Base;
}

/** Registers every kernel; the backend must be registered already. */
export function registerStockKernels(): void {
  require(`${layer}/register_all_kernels`);
}
