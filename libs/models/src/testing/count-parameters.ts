/** Sizes of a network from its trace alone: nothing is drawn, so that networks too large for this machine can be counted. */
import { compile, flattenSpecs, type Key } from '@kiln/engine';
import { initialize, type Network } from '@kiln/nn';

/** Shapes of all trained parameters by path. */
export function parameterShapes(network: Network): Map<string, readonly number[]> {
  const draw = compile('draw', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialize(network, key),
  }));
  const { outputs } = draw.trace({}, { key: { shape: [2], dtype: 'int32' } });
  draw.dispose();
  const { params } = outputs as unknown as { params: Parameters<typeof flattenSpecs>[0] };
  return new Map([...flattenSpecs(params)].map(([path, { shape }]) => [path, shape]));
}

/** Numbers in all trained parameters, or in those whose path matches. */
export function countParameters(network: Network, only = /./): number {
  return [...parameterShapes(network)]
    .filter(([path]) => only.test(path))
    .reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
