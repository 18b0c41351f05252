/**
 * One round of Kiln in a process of its own. Arguments: the game; `eager`, `compiled`, `bfloat16` or `xla`; the settings as
 * JSON.
 */
import { compile, random, startEngine, StateCell } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { biggan } from './biggan.ts';
import { dcgan } from './dcgan.ts';
import { type Game, type Inputs, numClasses } from './game.ts';
import { type RoundSettings, timeSteps } from './timing.ts';
import { wgangp } from './wgangp.ts';

const games: Readonly<Record<string, Game>> = { dcgan, biggan, wgangp };

const [name = '', mode = '', json = ''] = process.argv.slice(2);
const settings = JSON.parse(json) as RoundSettings;
const game = games[name]!;
startEngine({ intraOpThreads: settings.threads, interOpThreads: settings.threads });

const makeState = compile('initial_state', () => ({ state: {}, outputs: game.initialState(1) }));
const cell = new StateCell(await makeState.run(new StateCell({}), {}));
const step = compile(`${name}_step`, (state, inputs: Inputs) => game.step(state, inputs), {
  precision: mode === 'bfloat16' ? 'bfloat16' : 'float32',
  xla: mode === 'xla',
});
const real = random.uniform([game.batchSize, 32, 32, 3], random.key(2, 'images'), -1, 1);
const labels = tf.tensor1d(
  Int32Array.from({ length: game.batchSize }, (_, i) => i % numClasses),
  'int32',
);
const learningRate = tf.scalar(game.learningRate);
const key = random.key(3, 'noise');
let index = 0;

const timing = await timeSteps(async () => {
  const inputs: Inputs = { real, labels, key, learningRate, step: tf.scalar(index++, 'int32') };
  const losses = mode === 'eager' ? await step.eager(cell, inputs) : await step.run(cell, inputs);
  const [D, G] = await Promise.all([losses.D.data(), losses.G.data()]);
  tf.dispose([losses, inputs.step]);
  return [D[0]!, G[0]!];
}, settings);
console.log(JSON.stringify(timing));
