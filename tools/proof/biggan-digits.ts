/** `biggan-digits` draws the digit that is asked for, and as well as the same networks trained in PyTorch on the same budget. */
import { join } from 'node:path';
import { DIGITS_TRAIN, digitsSpec, openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import {
  digitsExtractor,
  frechetDistance,
  MomentsGatherer,
  type FeatureExtractor,
  type Moments,
} from '@kiln/metrics';
import * as tf from '@tensorflow/tfjs-core';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { atLeast, atMost, type Claim } from './claim.ts';
import { dataFolder, kiln, readJson, root, run, scratchFolder } from './kiln.ts';
import { readNpy } from './npy.ts';

const numSamples = 10_000;
/** Of these, how many are what was asked for. */
const numJudged = 1000;
const batch = 100;

interface RunConfig {
  readonly kimg: number;
  readonly batch: number;
  readonly settings: Readonly<Record<string, number | string | boolean>>;
}

export interface Judgement {
  readonly asAsked: number;
  readonly fid: number;
}

async function realMoments(extractor: FeatureExtractor): Promise<Moments> {
  const dataset = await openDataset({ ...digitsSpec(dataFolder), range: DIGITS_TRAIN });
  const { numExamples } = dataset;
  const batches = dataset.batches({ seed: 0, batch: numExamples, rank: 0, worldSize: 1, startIndex: 0 });
  const { images } = await batches.next();
  const gatherer = new MomentsGatherer(extractor.dims);
  await gatherer.add((await extractor.extract(images)).features);
  await batches.close();
  return gatherer.finish();
}

/** Of arrays `[numSamples, 8, 8, 1]` in [-1, 1], sample i of class i % 10. */
export async function judge(files: readonly string[]): Promise<Judgement[]> {
  startEngine();
  const extractor = await digitsExtractor();
  const real = await realMoments(extractor);
  const judgements: Judgement[] = [];
  for (const file of files) {
    const { shape, values } = await readNpy(file);
    const size = shape.slice(1).reduce((a, b) => a * b, 1);
    const gatherer = new MomentsGatherer(extractor.dims);
    let right = 0;
    for (let at = 0; at < shape[0]!; at += batch) {
      const images = tf.tensor(values.subarray(at * size, (at + batch) * size), [batch, ...shape.slice(1)]);
      const { features, logits } = await extractor.extract(images);
      images.dispose();
      await gatherer.add(features);
      for (let i = 0; i < batch && at + i < numJudged; i++) {
        const own = logits.subarray(i * 10, i * 10 + 10);
        if (own.indexOf(Math.max(...own)) === (at + i) % 10) right += 1;
      }
    }
    judgements.push({
      asAsked: right / numJudged,
      fid: await frechetDistance(real, await gatherer.finish()),
    });
  }
  return judgements;
}

export async function bigganDigits(): Promise<Claim[]> {
  const python = await ensurePython(['torch==2.15.0', 'numpy']);
  const folder = scratchFolder();
  const file = (name: string): string => join(folder, name);
  await kiln('train', 'biggan-digits', '--run', file('run'));
  await kiln('sample', file('run'), '--num', String(numSamples), '--out', file('kiln.npy'));
  const { kimg, batch: size, settings: s } = await readJson<RunConfig>(join(file('run'), 'config.json'));
  const options = {
    kimg,
    batch: size,
    width: s['width'],
    latent: s['latent'],
    embedding: s['embedding'],
    'rate-g': s['learningRateG'],
    'rate-d': s['learningRateD'],
    epsilon: s['adamEpsilon'],
    'ema-kimg': s['emaKimg'],
    num: numSamples,
    threads: 2,
  };
  const torch = await run(python, [
    join(root, 'tools', 'proof', 'biggan_digits_torch.py'),
    dataFolder,
    file('torch.npy'),
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ]);
  if (torch.code !== 0) throw new Error(torch.output);
  process.stdout.write(`PyTorch: ${torch.output}`);
  const [ours, theirs] = (await judge([file('kiln.npy'), file('torch.npy')])) as [Judgement, Judgement];
  process.stdout.write(`PyTorch: FID ${theirs.fid.toFixed(2)}, as asked ${theirs.asAsked}\n`);
  return [
    atLeast(`biggan-digits: of ${numJudged} samples classified as asked`, ours.asAsked, 0.95),
    // No worse, up to what another seed changes.
    atMost('biggan-digits: FID over that of the same networks in PyTorch', ours.fid / theirs.fid, 1.2),
  ];
}
