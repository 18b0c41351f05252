/** The bytes of a tree as it is at the call, for whoever writes them down while the next step runs. */
import { runtime } from './runtime.ts';
import { flattenTree, type Tree } from './tree.ts';
import { EngineError, userLocation } from './errors.ts';
import { activeTrace, refuseLater } from './active-trace.ts';

export interface TreeView {
  /** Little-endian elements of every leaf by path, in TensorFlow's dtype. On CPUs the tensors' own memory: never write to it. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  /** Lets go of the memory; the arrays are empty from then on. */
  release(): void;
}

/** The tensors may be disposed at once. Where they are not in host memory they are copied, off the JavaScript thread. */
export async function viewTree(tree: Tree): Promise<TreeView> {
  const trace = activeTrace();
  if (trace !== null) {
    const error = new EngineError('value-read-while-tracing', 'viewTree() was called while tracing', {
      where: userLocation(),
    });
    return refuseLater(trace, error);
  }
  const { backend, binding } = runtime();
  // All are asked for before the first is awaited: from then on each is held whatever happens to the tree.
  const asked = [...flattenTree(tree)].map(
    async ([path, leaf]) => [path, await binding.tensorView(backend.handle(leaf))] as const,
  );
  const bytes = new Map(await Promise.all(asked));
  return {
    bytes,
    release: () => {
      for (const { buffer } of bytes.values()) if (!buffer.detached) buffer.transfer(0);
    },
  };
}
