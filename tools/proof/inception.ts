/**
 * Inception-v3 with drawn weights makes of the same images the same features and logits as torchvision's, pytorch-fid's and Keras's
 * own, read from the files that those programs write.
 */
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import { inceptionExtractor, type Extraction } from '@kiln/metrics';
import { readWeights, type WeightArray } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { atMost, type Claim } from './claim.ts';
import { inceptionPython } from './inception-python.ts';
import { run, scratchFolder } from './kiln.ts';

interface Case {
  readonly weights: string;
  readonly outputs: string;
}

/** Each file of weights, and the file of what its own program made of the images. */
const cases: readonly Case[] = [
  { weights: 'torchvision.pth', outputs: 'torchvision.safetensors' },
  { weights: 'torchvision.pth', outputs: 'transformed.safetensors' },
  { weights: 'legacy.pth', outputs: 'torchvision.safetensors' },
  { weights: 'pytorch-fid.pth', outputs: 'pytorch-fid.safetensors' },
  { weights: 'model.h5', outputs: 'keras.outputs.h5' },
  { weights: 'keras.weights.h5', outputs: 'keras.outputs.h5' },
  { weights: 'keras2.h5', outputs: 'keras.outputs.h5' },
];

/** The largest difference over the largest number of theirs. */
function difference(ours: Float32Array, theirs: WeightArray | undefined): number {
  if (theirs === undefined || theirs.values.length !== ours.length) return Number.NaN;
  const largest = theirs.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return theirs.values.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i]!)), 0) / largest;
}

export async function inception(): Promise<Claim[]> {
  const folder = scratchFolder();
  await inceptionPython('inception_torch.py', folder);
  const keras = [join(import.meta.dirname, 'inception_keras.py'), folder];
  const { code, output } = await run(await ensurePython(['tensorflow-cpu==2.21.0']), keras);
  if (code !== 0) throw new Error(output);
  startEngine();
  const { shape, values } = (await readWeights(join(folder, 'images.safetensors'))).get('images')!;
  const images = tf.sub(tf.div(tf.tensor(values, [...shape]), 127.5), 1);
  const claims: Claim[] = [];
  for (const { weights, outputs } of cases) {
    const extractor = await inceptionExtractor(join(folder, weights));
    const ours: Extraction = await extractor.extract(images);
    const theirs = await readWeights(join(folder, outputs));
    for (const what of ['features', 'logits'] as const)
      claims.push(atMost(`${weights}, ${outputs}: ${what}`, difference(ours[what], theirs.get(what)), 1e-4));
    extractor.dispose();
  }
  return claims;
}
