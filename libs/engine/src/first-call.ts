/** Tells whoever watches this process that a function is about to be traced, in which nothing else happens. */
import * as tf from '@tensorflow/tfjs-core';
import { disposeTree, mapTree, type Tree } from './tree.ts';

export interface FirstCallWatcher {
  /** The trace, which holds the event loop, waits for it. */
  begins(name: string): Promise<void>;
  /** The function has been traced, prepared by TensorFlow and run once, or has failed. */
  ends(name: string): void;
}

let watcher: FirstCallWatcher | undefined;

/** One watcher a process; undefined ends the watch. */
export function watchFirstCalls(by: FirstCallWatcher | undefined): void {
  watcher = by;
}

/** `call` with `inputs`, which their owner may dispose as soon as this was called: what waits for the watcher holds clones. */
export async function firstCall<I extends Tree, R>(
  name: string,
  inputs: I,
  call: (inputs: I) => Promise<R>,
): Promise<R> {
  if (watcher === undefined) return call(inputs);
  const { begins, ends } = watcher;
  const held = mapTree(inputs, (leaf) => tf.keep(tf.clone(leaf)));
  try {
    await begins(name);
    return await call(held);
  } finally {
    ends(name);
    disposeTree(held);
  }
}
