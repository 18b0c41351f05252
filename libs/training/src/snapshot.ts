/** The state as tensors by path: fresh, listed for a checkpoint, and put back from one. */
import { compile, random, StateCell, unflattenTree, type Key, type Precision } from '@kiln/engine';
import type { Game } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from './errors.ts';
import { initialState, type TrainingState } from './state.ts';

/** A stored state to go on from. */
export interface Snapshot {
  readonly step: number;
  /** Next global sample position. */
  readonly cursor: number;
  /** How often the run had gone back to an earlier state. Default 0. */
  readonly rollbacks?: number | undefined;
  readonly tensors: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array | Int32Array }
  >;
}

export async function freshState(game: Game, seed: number, precision?: Precision): Promise<TrainingState> {
  const init = compile('initialize', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialState(game, key, precision),
  }));
  const key = random.key(seed, 'weights');
  const state = await init.run(new StateCell({}), { key });
  key.dispose();
  init.dispose();
  return state;
}

/** Every tensor of the state by its path, in the order of the tree. */
export function stateEntries(state: TrainingState): [string, tf.Tensor][] {
  const entries: [string, tf.Tensor][] = [];
  const visit = (node: object, path: string): void => {
    for (const [name, value] of Object.entries(node)) {
      const at = path === '' ? name : `${path}/${name}`;
      if (value instanceof tf.Tensor) entries.push([at, value]);
      else visit(value as object, at);
    }
  };
  visit(state, '');
  return entries;
}

/** A state like `like` with the tensors of `snapshot`. Throws `TrainingError` when one is missing or of another shape. */
export function restored(like: TrainingState, snapshot: Snapshot): TrainingState {
  const leaves = new Map<string, tf.Tensor>();
  for (const [path, tensor] of stateEntries(like)) {
    const stored = snapshot.tensors.get(path);
    if (stored === undefined)
      throw new TrainingError(
        'state-mismatch',
        `the checkpoint has no tensor "${path}", which this recipe and its settings need; resume with the settings it was made with`,
      );
    if (stored.shape.join() !== tensor.shape.join())
      throw new TrainingError(
        'state-mismatch',
        `tensor "${path}" of the checkpoint is [${stored.shape.join(', ')}], this recipe needs [${tensor.shape.join(', ')}]; resume with the settings it was made with`,
      );
    leaves.set(path, tf.tensor(stored.data, [...stored.shape], tensor.dtype));
  }
  return unflattenTree(like, leaves);
}
