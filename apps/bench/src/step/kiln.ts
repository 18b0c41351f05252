/** One round of Kiln in a process of its own. Arguments: `eager` or `compiled`, then the settings as JSON. */
import { compile, startEngine, StateCell, random } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { batchSize, initialState, step, type Inputs } from './game.ts';
import type { RoundSettings } from './contestants.ts';
import { timeSteps } from './timing.ts';

const [mode = '', json = ''] = process.argv.slice(2);
const settings = JSON.parse(json) as RoundSettings;
startEngine({ intraOpThreads: settings.threads, interOpThreads: settings.threads });

const makeState = compile('initial_state', () => ({ state: {}, outputs: initialState(1) }));
const cell = new StateCell(await makeState.run(new StateCell({}), {}));
const game = compile('dcgan_step', step);
const real = random.uniform([batchSize, 32, 32, 3], random.key(2, 'images'), -1, 1);
const learningRate = tf.scalar(2e-4);
const key = random.key(3, 'noise');
let index = 0;

const timing = await timeSteps(async () => {
  const inputs: Inputs = { real, key, learningRate, step: tf.scalar(index++, 'int32') };
  const losses = mode === 'compiled' ? await game.run(cell, inputs) : await game.eager(cell, inputs);
  const [D, G] = await Promise.all([losses.D.data(), losses.G.data()]);
  tf.dispose([losses, inputs.step]);
  return [D[0]!, G[0]!];
}, settings);
console.log(JSON.stringify(timing));
