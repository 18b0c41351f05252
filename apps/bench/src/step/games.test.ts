import { compile, type HostArray, random, readTree, startEngine, StateCell } from '@kiln/engine';
import { initialize, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { biggan } from './biggan.ts';
import { dcgan } from './dcgan.ts';
import { type Game, type Inputs, numClasses } from './game.ts';
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

const games: Readonly<Record<string, Game>> = { dcgan, biggan, wgangp };

it.each(Object.keys(games))('a step of %s has the same bits compiled and eagerly', async (name) => {
  const game = games[name]!;
  const makeState = compile('state', () => ({ state: {}, outputs: game.initialState(1) }));
  const step = compile(name, (state, inputs: Inputs) => game.step(state, inputs));
  const inputs: Inputs = {
    real: random.uniform([game.batchSize, 32, 32, 3], random.key(2, 'images'), -1, 1),
    labels: tf.tensor1d(
      Int32Array.from({ length: game.batchSize }, (_, i) => i % numClasses),
      'int32',
    ),
    key: random.key(3, 'noise'),
    learningRate: tf.scalar(game.learningRate),
    step: tf.scalar(0, 'int32'),
  };
  const after = async (run: 'run' | 'eager') => {
    const cell = new StateCell(await makeState.run(new StateCell({}), {}));
    tf.dispose(await step[run](cell, inputs));
    const state = await readTree(cell.value);
    cell.dispose();
    return state;
  };
  const [compiled, eager] = [await after('run'), await after('eager')];
  const different = [...compiled].filter(
    ([path, values]) => Buffer.compare(bytes(values), bytes(eager.get(path)!)) !== 0,
  );
  expect(different.map(([path]) => path)).toEqual([]);
});

/** A step's state has numbers only. */
function bytes(values: HostArray): Uint8Array {
  const { buffer, byteOffset, byteLength } = values as Float32Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
