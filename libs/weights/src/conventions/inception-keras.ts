/**
 * Names of `keras.applications.InceptionV3`, whose layers are numbered as they were made: `conv2d_7`, `batch_normalization_7`. A
 * session that made other models before begins at another number, so what counts is the order.
 */
import type { Convention } from '../convention.ts';
import { same } from '../layout.ts';
import type { WeightArray, Weights } from '../weights.ts';

const variables: Readonly<Record<string, readonly string[]>> = {
  conv2d: ['kernel'],
  batch_normalization: ['beta', 'moving_mean', 'moving_variance'],
  predictions: ['kernel', 'bias'],
};

const layerName = /^(conv2d|batch_normalization|predictions)(?:_(\d+))?\/(\w+)$/;

/** The same tensors with layers numbered from 0 and variables by name: `conv2d.0.kernel`. Other names stay as they are. */
export function numberedFromZero(weights: Weights): Weights {
  const numbers = new Map<string, number[]>();
  for (const name of weights.keys()) {
    const [, kind, number = '0'] = layerName.exec(name) ?? [];
    if (kind !== undefined) numbers.set(kind, [...(numbers.get(kind) ?? []), Number(number)]);
  }
  const orders = new Map(
    [...numbers].map(([kind, all]) => [kind, [...new Set(all)].toSorted((a, b) => a - b)]),
  );
  const renamed = ([name, array]: [string, WeightArray]): [string, WeightArray] => {
    const [, kind, number = '0', variable = ''] = layerName.exec(name) ?? [];
    if (kind === undefined) return [name, array];
    const layer = orders.get(kind)!.indexOf(Number(number));
    return [`${kind}.${layer}.${variables[kind]![Number(variable)] ?? variable}`, array];
  };
  return new Map([...weights].map((entry) => renamed(entry)));
}

const leaves: Readonly<Record<string, string>> = {
  kernel: 'conv2d.kernel',
  offset: 'batch_normalization.beta',
  mean: 'batch_normalization.moving_mean',
  variance: 'batch_normalization.moving_variance',
};

/** `units`: the convolutions in the order in which Keras makes them, as `Mixed_5b.branch1x1`. Keras's have no gain, which is 1. */
export function inceptionKeras(units: readonly string[]): Convention {
  return {
    counterpart: (path, shape) => {
      const name = path.slice(path.indexOf('/') + 1);
      const [unit, leaf] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
      if (unit === 'fc') return { name: `predictions.0.${leaf}`, layout: same(shape) };
      const [kind, variable] = leaves[leaf]?.split('.') ?? [];
      if (kind === undefined) return null;
      return { name: `${kind}.${units.indexOf(unit)}.${variable}`, layout: same(shape) };
    },
    derive: (path, shape) =>
      path.endsWith('.gain') ? { shape, values: new Float32Array(shape[0]!).fill(1) } : null,
  };
}
