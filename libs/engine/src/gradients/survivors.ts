/**
 * Tensors that outlive the function being differentiated. A gradient call frees what its function made but did not
 * return; a layer's new statistics, made deep inside such a function, belong to whoever reads them afterwards.
 */
import * as tf from '@tensorflow/tfjs-core';
import { tapeEngine } from './tape.ts';

interface Level {
  /** Tensors with smaller ids were made outside this call and are its caller's. */
  readonly firstId: number;
  readonly survivors: tf.Tensor[];
}

/** One level for each gradient call in progress, the innermost last. */
const levels: Level[] = [];

/** Returns `x`, which will live as long as if it had been made where the outermost gradient call was. */
export function outlive<T extends tf.Tensor>(x: T): T {
  const level = levels.findLast(({ firstId }) => x.id >= firstId);
  if (level === undefined || x.kept) return x;
  level.survivors.push(tf.keep(x));
  return x;
}

/** Calls `differentiate`; survivors then belong to the scope around it, or to the gradient call around that. */
export function withSurvivors<T>(differentiate: () => T): T {
  const engine = tapeEngine();
  levels.push({ firstId: engine.nextTensorId(), survivors: [] });
  let done = false;
  try {
    const result = differentiate();
    done = true;
    return result;
  } finally {
    for (const tensor of levels.pop()!.survivors) {
      tensor.kept = false;
      if (done) outlive(engine.track(tensor));
      else tensor.dispose();
    }
  }
}
