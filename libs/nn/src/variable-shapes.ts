/** Shapes of a network's variables from its trace alone: nothing is drawn, so that also networks too large for this machine have them. */
import { compile, flattenSpecs, type Key, type SpecTree } from '@kiln/engine';
import { initialize, type Network } from './network.ts';

/** By `params/...` and `stats/...`, in the order in which the network asks for them. */
export function variableShapes(network: Network): ReadonlyMap<string, readonly number[]> {
  const declare = compile('declare', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialize(network, key),
  }));
  const { outputs } = declare.trace({}, { key: { shape: [2], dtype: 'int32' } });
  declare.dispose();
  return new Map([...flattenSpecs(outputs as unknown as SpecTree)].map(([path, { shape }]) => [path, shape]));
}
