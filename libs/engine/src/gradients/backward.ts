/**
 * Walking half of the corrected gradient tape: from y back to the xs through what `tape.ts` recorded.
 *
 * Kernels whose derivative is zero (`stops`) are not walked at all, where tfjs would push zeros through the
 * whole net below them or fail for want of a rule. An x that reaches y only through such kernels gets zeros.
 */
import * as tf from '@tensorflow/tfjs-core';
import { EngineError, userLocation } from '../errors.ts';
import { type TapeEngine, type TapeNode, copyOffTape } from './tape.ts';

type Value = { value: tf.Tensor; grads: (tf.Tensor | null)[] };

/** The nodes on a way from the xs to y in recorded order, and the ids of all tensors that depend on an x. */
function waysBetween(
  tape: TapeNode[],
  xs: tf.Tensor[],
  y: tf.Tensor,
  includeStops: boolean,
): { nodes: TapeNode[]; fromXs: Set<number>; toY: Set<number> } {
  const fromXs = new Set(xs.map((x) => x.id));
  const reached = tape.filter((node) => {
    if (node.stops && !includeStops) return false;
    const depends = Object.values(node.inputs).some((input) => input && fromXs.has(input.id));
    if (depends) for (const output of node.outputs) fromXs.add(output.id);
    return depends;
  });
  const toY = new Set([y.id]);
  const nodes = reached
    .toReversed()
    .filter((node) => {
      const leads = node.outputs.some((output) => toY.has(output.id));
      if (leads) for (const input of Object.values(node.inputs)) if (input) toY.add(input.id);
      return leads;
    })
    .toReversed();
  return { nodes, fromXs, toY };
}

/** Gradients by tensor id. Frees each as soon as nothing can need it, unless an outer tape may have seen it. */
class Accumulator {
  readonly #gradients = new Map<number, tf.Tensor>();
  readonly #uses = new Map<tf.Tensor, number>();
  readonly #scope: number | undefined;

  constructor(engine: TapeEngine) {
    this.#scope = engine.state.gradientDepth === 0 ? engine.state.activeScope?.id : undefined;
  }

  get(id: number): tf.Tensor | undefined {
    return this.#gradients.get(id);
  }

  add(id: number, gradient: tf.Tensor): void {
    const previous = this.#gradients.get(id);
    this.#set(id, previous ? tf.add(previous, gradient) : gradient);
    if (previous) {
      this.#release(previous);
      this.#freeIfUnused(gradient);
    }
  }

  delete(id: number): void {
    const gradient = this.#gradients.get(id);
    this.#gradients.delete(id);
    if (gradient) this.#release(gradient);
  }

  #set(id: number, gradient: tf.Tensor): void {
    this.#gradients.set(id, gradient);
    this.#uses.set(gradient, (this.#uses.get(gradient) ?? 0) + 1);
  }

  #release(gradient: tf.Tensor): void {
    this.#uses.set(gradient, this.#uses.get(gradient)! - 1);
    this.#freeIfUnused(gradient);
  }

  // Only what this walk made may be freed here; a rule can return a tensor that belongs to somebody else.
  #freeIfUnused(gradient: tf.Tensor): void {
    const own = (gradient as { scopeId?: number }).scopeId === this.#scope && !gradient.kept;
    if (this.#scope !== undefined && own && !this.#uses.get(gradient)) gradient.dispose();
  }
}

const describe = ({ dtype, shape }: tf.Tensor): string => `${dtype} [${shape.join(', ')}]`;

/** The gradients for a node's inputs, checked against the inputs. */
function inputGradients(
  engine: TapeEngine,
  node: TapeNode,
  dys: (tf.Tensor | null)[],
  fromXs: Set<number>,
): Map<number, tf.Tensor[]> {
  if (!node.gradient) {
    throw new EngineError(
      'no-gradient',
      `op ${node.kernelName} has no gradient, but the differentiated result depends on an input through it`,
    );
  }
  const byId = new Map<number, tf.Tensor[]>();
  engine.tidy('backward', () => {
    const rules = node.gradient!(dys);
    for (const [name, input] of Object.entries(node.inputs)) {
      if (!input || !fromXs.has(input.id) || rules[name] === null) continue;
      if (!rules[name])
        throw new EngineError('no-gradient', `op ${node.kernelName} has no gradient for its input '${name}'`);
      let dx = rules[name]();
      if (node.saved.includes(dx)) dx = tf.clone(dx);
      if (dx.dtype !== input.dtype || !tf.util.arraysEqual(dx.shape, input.shape)) {
        throw new EngineError(
          'bad-gradient',
          `the gradient of op ${node.kernelName} for its input '${name}' must be ${describe(input)} like the input, got ${describe(dx)}`,
        );
      }
      byId.set(input.id, [...(byId.get(input.id) ?? []), dx]);
    }
    return [...byId.values()].flat();
  });
  return byId;
}

function walkBack(
  engine: TapeEngine,
  tape: TapeNode[],
  xs: tf.Tensor[],
  y: tf.Tensor,
  dy: tf.Tensor | null | undefined,
): (tf.Tensor | null)[] {
  const { nodes, fromXs } = waysBetween(tape, xs, y, false);
  const gradients = new Accumulator(engine);
  const wanted = new Set(xs.map((x) => x.id));
  if (fromXs.has(y.id)) gradients.add(y.id, dy ?? (y.size === 1 ? tf.ones(y.shape) : tf.fill(y.shape, 1)));
  for (const node of nodes.toReversed()) {
    const dys = node.outputs.map((output) => gradients.get(output.id) ?? null);
    if (dys.every((d) => d === null)) continue;
    for (const [id, dxs] of inputGradients(engine, node, dys, fromXs))
      for (const dx of dxs) gradients.add(id, dx);
    for (const output of node.outputs) if (!wanted.has(output.id)) gradients.delete(output.id);
    releaseSaved(engine, node);
  }
  const found = xs.map((x) => gradients.get(x.id) ?? null);
  if (found.every((gradient) => gradient !== null)) return found;
  const { fromXs: touched, toY } = waysBetween(tape, xs, y, true);
  return found.map(
    (gradient, i) => gradient ?? (touched.has(y.id) && toY.has(xs[i]!.id) ? tf.fill(xs[i]!.shape, 0) : null),
  );
}

/** Ends recording at this depth. The outermost tape is taken from the engine, which is then free for another. */
function endTape(engine: TapeEngine): TapeNode[] {
  engine.endTape();
  const tape = engine.state.activeTape!;
  if (engine.state.gradientDepth === 0) engine.state.activeTape = null;
  return tape;
}

/** Nothing can go back through a node again once the outermost tape has been walked past it. */
function releaseSaved(engine: TapeEngine, node: TapeNode): void {
  if (engine.state.gradientDepth > 0) return;
  for (const tensor of node.saved) tensor?.dispose();
}

function releaseTape(engine: TapeEngine, tape: TapeNode[]): void {
  for (const node of tape) releaseSaved(engine, node);
}

/**
 * `engine.gradients`: the value of f and its gradient for each x, null for an x that y does not depend on.
 * What was computed before the call is a constant, whether or not an outer tape has recorded it.
 */
export function gradients(
  engine: TapeEngine,
  f: () => tf.Tensor,
  xs: tf.Tensor[],
  dy?: tf.Tensor | null,
  allowNoGradients = false,
): Value {
  engine.startTape();
  const start = engine.state.activeTape!.length;
  let y: tf.Tensor;
  try {
    y = engine.tidy('forward', f);
  } catch (error) {
    releaseTape(engine, endTape(engine));
    throw error;
  }
  const tape = endTape(engine);
  try {
    return engine.tidy('backward', () => {
      if (y.dtype !== 'float32')
        throw new EngineError('no-gradient', `only a float32 result has a gradient, got ${describe(y)}`);
      const grads = walkBack(engine, tape.slice(start), xs, y, dy);
      if (!allowNoGradients && grads.every((gradient) => gradient === null)) {
        throw new EngineError(
          'no-gradient',
          'the differentiated result does not depend on the inputs; compute it from them inside the function, without reading values',
          { where: userLocation() },
        );
      }
      return {
        value: y,
        grads: grads.map((gradient) =>
          gradient && gradient === dy ? copyOffTape(engine, gradient) : gradient,
        ),
      };
    });
  } finally {
    releaseTape(engine, tape);
  }
}
