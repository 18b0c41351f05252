/** Another program's names and layouts for the variables of a network of Kiln's, and the way there and back. */
import { fromTheirs, toTheirs, type Layout } from './layout.ts';
import { WeightError } from './weight-error.ts';
import type { WeightArray, Weights } from './weights.ts';

/** One variable in the other program. */
export interface Counterpart {
  readonly name: string;
  readonly layout: Layout;
  /** Theirs is `scale` times Kiln's number, where the other program multiplies by another constant as it runs; at each place of Kiln's array where it is not one for all. Default 1. */
  readonly scale?: number | ((index: number) => number);
  /** What theirs is then larger by, at each place of Kiln's array. Default nothing. */
  readonly plus?: (index: number) => number;
}

export interface Convention {
  /** For a variable of Kiln's (`params/…` or `stats/…`) and its shape; null when the other program has none. */
  counterpart(path: string, shape: readonly number[]): Counterpart | null;
  /** Whether a name of theirs has nothing to do here, for example a counter of batches. `theirs`: all that lies beside it. */
  ignores?(name: string, theirs: Weights): boolean;
  /** What a variable of Kiln's becomes that has no counterpart of its own; without it, such a variable is an error. */
  derive?(path: string, shape: readonly number[]): WeightArray | null;
  /** Why all of theirs is of another network than this one, in a sentence that says more than the first misfit; null when it is not. */
  mismatch?(theirs: Weights): string | null;
  /** Weights that compute the same and use only what the other program has, before they are exported. */
  prepare?(weights: Weights): Weights;
}

function scaleOf({ scale = 1 }: Counterpart): (index: number) => number {
  return typeof scale === 'number' ? () => scale : scale;
}

export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Kiln's variables in the other program's names. Those without a counterpart are left out. */
export function exportWeights(weights: Weights, convention: Convention): Weights {
  const theirs = new Map<string, WeightArray>();
  for (const [path, array] of convention.prepare?.(weights) ?? weights) {
    const counterpart = convention.counterpart(path, array.shape);
    if (counterpart === null) continue;
    const { plus = () => 0 } = counterpart;
    const scale = scaleOf(counterpart);
    const values = array.values.map((value, i) => value * scale(i) + plus(i));
    theirs.set(counterpart.name, toTheirs({ ...array, values }, counterpart.layout));
  }
  return theirs;
}

/**
 * The other program's weights as the variables `shapes` of a network. Throws `WeightError` when one is missing, has
 * another shape, or is left over: weights that only seem to fit would train or sample nonsense.
 */
export function importWeights(
  theirs: Weights,
  shapes: Shapes,
  convention: Convention,
  file: string,
): Weights {
  const reason = convention.mismatch?.(theirs) ?? null;
  if (reason !== null) throw new WeightError('mismatch', file, reason);
  const ours = new Map<string, WeightArray>();
  const used = new Set<string>();
  for (const [path, shape] of shapes) {
    const counterpart = convention.counterpart(path, shape);
    const array = counterpart === null ? undefined : theirs.get(counterpart.name);
    if (counterpart === null || array === undefined) {
      const derived = convention.derive?.(path, shape) ?? null;
      if (derived === null)
        throw new WeightError(
          'mismatch',
          file,
          `has no "${counterpart?.name ?? path}", which the network's ${path} needs; check the model and its settings`,
        );
      ours.set(path, derived);
      continue;
    }
    used.add(counterpart.name);
    if (array.shape.join() !== counterpart.layout.theirs.join())
      throw new WeightError(
        'mismatch',
        file,
        `"${counterpart.name}" is [${array.shape.join(', ')}], the network needs [${counterpart.layout.theirs.join(', ')}]; check the model and its settings`,
      );
    const { plus = () => 0 } = counterpart;
    const scale = scaleOf(counterpart);
    const found = fromTheirs(array, counterpart.layout, shape);
    ours.set(path, { shape, values: found.values.map((value, i) => (value - plus(i)) / scale(i)) });
  }
  const left = [...theirs.keys()].filter(
    (name) => !used.has(name) && convention.ignores?.(name, theirs) !== true,
  );
  if (left.length > 0)
    throw new WeightError(
      'mismatch',
      file,
      `holds ${left.length} tensors that the network has no place for, the first is "${left[0]}"; check the model and its settings`,
    );
  return ours;
}
