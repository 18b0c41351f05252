/**
 * The same weights and inputs in Kiln and in PyTorch give the same images and logits: BigGAN beside BigGAN-PyTorch's layout
 * (its own classes when KILN_BIGGAN_PYTORCH names a checkout), BigGAN-deep beside pytorch-pretrained-biggan.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { random, startEngine } from '@kiln/engine';
import {
  bigGanDeepDefaults,
  bigGanDeepGenerator,
  bigGanDeepOnHub,
  bigGanDefaults,
  bigGanDiscriminator,
  bigGanGenerator,
} from '@kiln/models';
import { apply } from '@kiln/nn';
import { bigGanPyTorch, pretrainedBigGan, writeSafetensors } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { difference, handOver, size, torch, trained } from './beside-torch.ts';
import { atMost, equal, type Claim } from './claim.ts';
import { scratchFolder } from './kiln.ts';

const batch = 4;

async function writeInputs(folder: string, z: tf.Tensor, labels: number[]): Promise<void> {
  const values = (await z.data()) as Float32Array;
  await writeSafetensors(
    join(folder, 'inputs.safetensors'),
    new Map([
      ['z', { shape: z.shape, values }],
      ['labels', { shape: [labels.length], values: Float32Array.from(labels) }],
    ]),
  );
}

interface Case {
  readonly resolution: number;
  readonly width: number;
  readonly latent: number;
  readonly attention: readonly number[];
  readonly gWidths: readonly number[];
  readonly dWidths: readonly number[];
  readonly halvings: number;
}

async function bigGan(of: Case): Promise<Claim[]> {
  const folder = scratchFolder();
  const config = { ...bigGanDefaults, ...of, embedding: 16, numClasses: 7 };
  const options = { training: true, batchStatistics: 'local' } as const;
  const [G, D] = [bigGanGenerator(config), bigGanDiscriminator(config)];
  const [weightsG, weightsD] = [trained(G, 1), trained(D, 2)];
  const convention = (network: 'G' | 'D') => bigGanPyTorch({ model: 'biggan', network, ...of });
  await handOver(join(folder, 'G.safetensors'), weightsG, convention('G'));
  await handOver(join(folder, 'D.safetensors'), weightsD, convention('D'));
  await writeFile(join(folder, 'case.json'), JSON.stringify(config));
  const z = random.normal([batch, of.latent], random.key(3, 'z'));
  const labels = [0, 3, 6, 3];
  await writeInputs(folder, z, labels);

  const classes = tf.tensor1d(labels, 'int32');
  const drawn = apply(G, weightsG, [z, classes], options);
  const judged = apply(D, weightsD, [drawn.output, classes], options);
  const { facts, outputs } = await torch('biggan_torch.py', folder, []);
  const name = `BigGAN-${of.resolution}, ${String(facts['reference'])}`;
  return [
    atMost(`${name}: images`, await difference(drawn.output, outputs.get('images')), 1e-4),
    atMost(`${name}: logits of D`, await difference(judged.output, outputs.get('logits')), 1e-4),
    atMost(
      `${name}: vectors of the spectral norm`,
      await difference(drawn.stats['block1.conv1.u']!, outputs.get('u')),
      1e-4,
    ),
    atMost(
      `${name}: running means`,
      await difference(drawn.stats['block1.norm1.mean']!, outputs.get('mean')),
      1e-4,
    ),
    equal(`${name}: parameters of G`, size(weightsG), String(facts['parametersG'])),
    equal(`${name}: parameters of D`, size(weightsD), String(facts['parametersD'])),
  ];
}

async function bigGanDeep(): Promise<Claim[]> {
  const folder = scratchFolder();
  const width = 16;
  const config = {
    ...bigGanDeepDefaults,
    resolution: 128,
    width,
    ...bigGanDeepOnHub(width),
    latent: 24,
    embedding: 24,
    numClasses: 7,
  };
  const G = bigGanDeepGenerator(config);
  const weights = trained(G, 4);
  await handOver(join(folder, 'G.safetensors'), weights, pretrainedBigGan({ stages: 5, attentionStage: 4 }));
  const layers = [16, 16, 8, 4, 2].flatMap((input, i, widths) => [
    [false, input, input],
    [true, input, widths[i + 1] ?? 1],
  ]);
  await writeFile(join(folder, 'case.json'), JSON.stringify({ ...config, layers, attentionPosition: 8 }));
  const z = random.normal([batch, config.latent], random.key(5, 'z'));
  const labels = [0, 3, 6, 3];
  await writeInputs(folder, z, labels);
  // Its batch norms use stored statistics while its spectral norms iterate, as Kiln's do when not training.
  const { output } = apply(G, weights, [z, tf.tensor1d(labels, 'int32')], {
    training: false,
    batchStatistics: 'local',
  });
  const { facts, outputs } = await torch('biggan_deep_torch.py', folder, [
    'pytorch-pretrained-biggan==0.1.1',
    // Which it imports without asking for it.
    'scipy',
  ]);
  return [
    atMost(
      'BigGAN-deep-128, pytorch-pretrained-biggan: images',
      await difference(output, outputs.get('images')),
      1e-4,
    ),
    equal('BigGAN-deep-128: parameters of G', size(weights), String(facts['parametersG'])),
  ];
}

export async function* biggan(): AsyncGenerator<Claim> {
  startEngine();
  const wide = { width: 8, attention: [64], latent: 24 };
  yield* await bigGan({
    ...wide,
    resolution: 128,
    gWidths: [16, 16, 8, 4, 2, 1],
    dWidths: [1, 2, 4, 8, 16, 16],
    halvings: 5,
  });
  yield* await bigGan({
    width: 16,
    attention: [],
    latent: 32,
    resolution: 32,
    gWidths: [4, 4, 4, 4],
    dWidths: [4, 4, 4, 4],
    halvings: 2,
  });
  yield* await bigGanDeep();
}
