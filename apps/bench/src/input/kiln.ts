/** Kiln's input pipeline in a process of its own. Arguments: the folder, then `InputSettings` as JSON. */
import { openDataset, type DataSpec } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import type { EpochRates, InputSettings } from './settings.ts';

const [folder = '', json = ''] = process.argv.slice(2);
const { epochs, threads, size, batch } = JSON.parse(json) as InputSettings;
// A thread for each sample under way; threads inside an op would only get in their way.
startEngine({ intraOpThreads: 1, interOpThreads: threads });

const spec: DataSpec = {
  source: 'folder',
  path: folder,
  mirror: true,
  ...(size === null ? {} : { resolution: size }),
};
const dataset = await openDataset(spec);
const numBatches = Math.floor(dataset.numExamples / batch);

const batches = dataset.batches({ seed: 0, batch });

/** Returns images per second. */
async function epoch(): Promise<number> {
  const start = performance.now();
  let images = 0;
  for (let k = 0; k < numBatches; k++) {
    const drawn = await batches.next();
    images += drawn.images.shape[0];
    tf.dispose([drawn.images, drawn.labels]);
  }
  return images / ((performance.now() - start) / 1000);
}

await epoch();
const before = process.cpuUsage();
const rates: number[] = [];
for (let i = 0; i < epochs; i++) rates.push(await epoch());
const { user, system } = process.cpuUsage(before);
const result: EpochRates = { rates, cpuMicroseconds: (user + system) / (epochs * numBatches * batch) };
console.log(JSON.stringify(result));
process.exit(0);
