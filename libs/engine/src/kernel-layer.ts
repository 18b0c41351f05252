/** Takes tfjs-node's kernels without its native half: its index.js insists on its own addon. */
import util from 'node:util';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import { registerAll, stockBackend } from './stock-kernels.ts';

/** The backend name under which the kernels register themselves and look for their backend. */
export const backendName = 'tensorflow';

/** Node 23 removed these from `util`; the kernels call them for nearly every op (tensorflow/tfjs#8609). */
function restoreRemovedUtil(): void {
  const removed = util as unknown as Record<string, unknown>;
  removed['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  // Still there on Node 24, but each call warns.
  removed['isArray'] = Array.isArray;
}

export function loadBackendClass(): typeof NodeJSKernelBackend {
  restoreRemovedUtil();
  return stockBackend().NodeJSKernelBackend;
}

/** Registers every kernel; the backend must be registered already. */
export const registerStockKernels = registerAll;
