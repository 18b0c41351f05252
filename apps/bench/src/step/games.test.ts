import { random, startEngine } from '@kiln/engine';
import { initialize, type Network } from '@kiln/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { biggan } from './biggan.ts';
import { dcgan } from './dcgan.ts';
import { wgangp } from './wgangp.ts';

beforeAll(() => startEngine({}));

function size(network: Network): number {
  const { params } = initialize(network, random.key(1, 'weights'));
  return Object.values(params).reduce((sum, { size: own }) => sum + own, 0);
}

/** The programs of the peers have as many. */
describe('the networks of the step cases', () => {
  it.each([
    ['dcgan', dcgan, 3_812_931, 2_764_289],
    ['biggan', biggan, 734_403, 594_145],
    ['wgangp', wgangp, 845_475, 844_961],
  ])('%s has the parameters of its peers', (_, { networks }, G, D) => {
    expect({ G: size(networks.G), D: size(networks.D) }).toEqual({ G, D });
  });
});
