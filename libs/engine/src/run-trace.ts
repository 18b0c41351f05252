/** Runs user code in a trace, with everything forbidden that a graph would freeze silently. */
import * as tf from '@tensorflow/tfjs-core';
import { EngineError, userLocation } from './errors.ts';
import { inScope } from './name-scope.ts';
import { withActive } from './active-trace.ts';
import type { Trace } from './trace.ts';

/** The parts of tfjs's engine that its typings hide. */
interface EngineInternals {
  makeVariable: unknown;
  state: { gradientDepth: number; activeTape: { saved: tf.Tensor[] }[] | null };
}

function engineInternals(): EngineInternals {
  return tf.engine() as unknown as EngineInternals;
}

function refuseVariable(what: string): never {
  throw new EngineError(
    'variable-while-tracing',
    `${what} while tracing; put the value into the step's state`,
    {
      where: userLocation(),
    },
  );
}

function refuseRandomness(): never {
  throw new EngineError(
    'unseeded-randomness',
    'randomness drawn in JavaScript while tracing would give the same numbers on every run; use random.* with a key',
    { where: userLocation() },
  );
}

function withGuards<T>(body: () => T): T {
  const engine = engineInternals();
  const { prototype } = tf.Variable;
  // oxlint-disable-next-line typescript/unbound-method -- put back as it was, never called from here
  const { assign } = prototype;
  const { random } = Math;
  const { makeVariable } = engine;
  engine.makeVariable = () => refuseVariable('tf.variable() was called');
  prototype.assign = () => refuseVariable('a tf.Variable was assigned');
  // Every unseeded draw of tfjs starts from Math.random.
  Math.random = refuseRandomness;
  try {
    return body();
  } finally {
    engine.makeVariable = makeVariable;
    prototype.assign = assign;
    Math.random = random;
  }
}

/** After an error inside a gradient the tape still holds its saved tensors. */
function dropAbandonedTape(): void {
  const { state } = engineInternals();
  if (state.gradientDepth > 0 || state.activeTape === null || state.activeTape === undefined) return;
  for (const node of state.activeTape) for (const tensor of node.saved) tensor.dispose();
  state.activeTape = null;
}

/** Calls `body` with `trace` active. Tensors made inside are disposed; `body` returns edges, not tensors. */
export function runTrace<T>(trace: Trace, body: () => T): T {
  const result: T[] = [];
  try {
    withActive(trace, () => withGuards(() => inScope('', () => tf.tidy(() => void result.push(body())))));
  } catch (error) {
    dropAbandonedTape();
    throw trace.violation ?? error;
  }
  if (trace.violation !== null) throw trace.violation;
  return result[0] as T;
}
