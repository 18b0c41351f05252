/** Reads a whole tree off the JavaScript thread. */
import { readByCast } from './dtypes.ts';
import { runtime } from './runtime.ts';
import { flattenTree, type Tree } from './tree.ts';
import { EngineError, userLocation } from './errors.ts';
import { activeTrace, refuseLater } from './active-trace.ts';

export type HostArray = ArrayBufferView | Uint8Array[];

/**
 * The values of every leaf by path, in TensorFlow's dtype: int64 as BigInt64Array, strings as bytes, half and
 * bfloat16 as raw bytes.
 */
export async function readTree(tree: Tree): Promise<Map<string, HostArray>> {
  const trace = activeTrace();
  if (trace !== null) {
    const error = new EngineError('value-read-while-tracing', 'readTree() was called while tracing', {
      where: userLocation(),
    });
    return refuseLater(trace, error);
  }
  const { backend, binding } = runtime();
  const reads = [...flattenTree(tree)].map(async ([path, leaf]): Promise<[string, HostArray]> => {
    const id = backend.handle(leaf);
    return [
      path,
      await (readByCast.has(backend.record(leaf).dtype) ? binding.tensorBytes(id) : binding.tensorData(id)),
    ];
  });
  return new Map(await Promise.all(reads));
}
