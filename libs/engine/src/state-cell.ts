/** Holds the tensors of a training state between steps and guards the moment in which a step replaces them. */
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from './errors.ts';
import { flattenTree, mapTree, type Tree } from './tree.ts';

/** Takes ownership: a tensor that appears twice gets a handle of its own, and no tidy() disposes any of them. */
function own<T extends Tree>(tree: T): T {
  const seen = new Set<tf.Tensor>();
  return mapTree(tree, (leaf, path) => {
    if (leaf.isDisposed) throw new EngineError('disposed', `the tensor for '${path}' is disposed`);
    const kept = seen.has(leaf) ? tf.clone(leaf) : leaf;
    seen.add(leaf);
    return tf.keep(kept);
  });
}

export class StateCell<T extends Tree = Tree> {
  #value: T | null;
  #runner: string | null = null;

  /** Owns the tensors of `value` from now on; do not dispose them. */
  constructor(value: T) {
    this.#value = own(value);
  }

  /** The current tensors. They are disposed by the next step or `replace`; clone what must outlive it. */
  get value(): T {
    if (this.#value === null) throw new EngineError('disposed', 'the state cell was disposed');
    return this.#value;
  }

  /** Puts `tree` in the place of the current tensors, which are disposed unless `tree` holds them too. */
  replace(tree: T): void {
    this.#refuseWhileRunning('replace()');
    this.#swap(own(tree));
  }

  dispose(): void {
    this.#refuseWhileRunning('dispose()');
    if (this.#value === null) return;
    for (const leaf of flattenTree(this.#value).values()) leaf.dispose();
    this.#value = null;
  }

  /** For `compile`: runs `step`, which computes the next state, and adopts it only when `step` succeeded. */
  async update<R>(runner: string, step: (current: T) => Promise<{ next: T; result: R }>): Promise<R> {
    this.#refuseWhileRunning(`${runner}.run()`);
    const current = this.value;
    this.#runner = runner;
    try {
      const { next, result } = await step(current);
      this.#swap(own(next));
      return result;
    } finally {
      this.#runner = null;
    }
  }

  #swap(next: T): void {
    const survivors = new Set(flattenTree(next).values());
    for (const leaf of flattenTree(this.value).values()) if (!survivors.has(leaf)) leaf.dispose();
    this.#value = next;
  }

  #refuseWhileRunning(what: string): void {
    if (this.#runner === null) return;
    throw new EngineError(
      'step-in-flight',
      `${what} was called while ${this.#runner}.run() is in flight on this state; await it first`,
    );
  }
}
