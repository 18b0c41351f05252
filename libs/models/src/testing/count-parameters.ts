/** Sizes of a network from its trace alone. */
import { variableShapes, type Network } from '@kiln/nn';

/** Shapes of all trained parameters by path. */
export function parameterShapes(network: Network): Map<string, readonly number[]> {
  return new Map(
    [...variableShapes(network)]
      .filter(([path]) => path.startsWith('params/'))
      .map(([path, shape]) => [path.slice('params/'.length), shape]),
  );
}

/** Numbers in all trained parameters, or in those whose path matches. */
export function countParameters(network: Network, only = /./): number {
  return [...parameterShapes(network)]
    .filter(([path]) => only.test(path))
    .reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
