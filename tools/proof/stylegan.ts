/**
 * The same weights and inputs in Kiln and in PyTorch give the same images and logits: StyleGAN, half faded in, beside the
 * layout of style-based-gan-pytorch (its own classes, at their width, up to side 32, when KILN_STYLE_BASED_GAN_PYTORCH names a checkout).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { random, startEngine } from '@kiln/engine';
import {
  mappingDefaults,
  mappingNetwork,
  styleForLayers,
  styleGanDefaults,
  styleGanDiscriminator,
  styleGanSynthesis,
  styleLayers,
} from '@kiln/models';
import { apply, type Named, type Variables } from '@kiln/nn';
import { exportWeights, styleBasedGanPyTorch, writeSafetensors, type WeightArray } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { difference, handOver, hostCopy, torch, trained } from './beside-torch.ts';
import { atMost, type Claim } from './claim.ts';
import { scratchFolder } from './kiln.ts';

const batch = 4;
const alpha = 0.3;

export async function stylegan(): Promise<Claim[]> {
  startEngine();
  const isWhole = process.env['KILN_STYLE_BASED_GAN_PYTORCH'] !== undefined;
  // Where widths change its D does so in the first convolution of a block, not in the second as the paper's.
  const widths = isWhole ? [512, 512, 512, 512] : [24, 24, 24, 16, 8];
  const sides = widths.map((_, index) => 4 * 2 ** index);
  const features = isWhole ? 512 : 20;
  const resolution = sides.at(-1)!;
  const config = {
    ...styleGanDefaults,
    resolution,
    startResolution: 4,
    features,
    featureMax: widths[0]!,
    featureBase: (widths.at(-1)! * resolution) / 2,
    stddevGroup: batch,
    // As PyTorch's instance norm has it.
    epsilon: 1e-5,
  };
  const mapping = mappingNetwork({ ...mappingDefaults, latent: features, features });
  const [synthesis, D] = [styleGanSynthesis(config), styleGanDiscriminator(config)];
  const conventions = styleBasedGanPyTorch({ ...mappingDefaults, resolution });
  const weights = {
    mapping: trained(mapping, 1),
    synthesis: withoutFirstBiases(trained(synthesis, 2)),
    D: trained(D, 3),
  };
  const folder = scratchFolder();
  // Going back from a stored multiple rounds once more.
  for (const name of ['mapping', 'synthesis', 'D'] as const)
    await handOver(join(folder, `${name}.safetensors`), weights[name], conventions[name], {
      tolerance: 2e-5,
    });
  const G = new Map([
    ...exportWeights(await hostCopy(weights.mapping), conventions.mapping),
    ...exportWeights(await hostCopy(weights.synthesis), conventions.synthesis),
  ]);
  await writeSafetensors(join(folder, 'G.safetensors'), G);
  await writeFile(
    join(folder, 'case.json'),
    JSON.stringify({ widths, features, layers: mappingDefaults.numLayers, step: sides.length - 1, alpha }),
  );
  const z = random.normal([batch, features], random.key(4, 'z'));
  const noise = sides.map((side) => random.normal([batch, side, side, 1], random.key(4, `noise${side}`)));
  const inputs = new Map<string, WeightArray>([
    ['z', { shape: z.shape, values: (await z.data()) as Float32Array }],
  ]);
  for (const [step, own] of noise.entries())
    inputs.set(`noise${step}`, { shape: own.shape, values: (await own.data()) as Float32Array });
  await writeSafetensors(join(folder, 'inputs.safetensors'), inputs);

  const options = {
    training: true,
    batchStatistics: 'local',
    // The stage that fades the last side in.
    stage: 2 * (sides.length - 1) - 1,
    schedules: { alpha: tf.scalar(alpha) },
  } as const;
  const w = apply(mapping, weights.mapping, [z], options).output;
  const styles = styleForLayers(w, styleLayers(resolution));
  const noises = noise.flatMap((own) => [own, own]);
  const images = apply(synthesis, weights.synthesis, [styles, ...noises], options).output;
  const logits = apply(D, weights.D, [images], options).output;
  const { facts, outputs } = await torch('stylegan_torch.py', folder, []);
  const name = `StyleGAN at ${resolution}, ${String(facts['reference'])}`;
  return [
    atMost(`${name}: w`, await difference(w, outputs.get('w')), 1e-4),
    atMost(`${name}: images`, await difference(images, outputs.get('images')), 1e-4),
    atMost(`${name}: logits of D`, await difference(logits, outputs.get('logits')), 1e-4),
  ];
}

/** The biases of first layers at 0: the other program has none at side 4, and adds the others in front of the blur. */
function withoutFirstBiases({ params, stats }: Variables): Variables {
  const kept = Object.entries(params).map(([path, value]) => [
    path,
    path.endsWith('layer1.bias') ? tf.zerosLike(value) : value,
  ]);
  return { params: Object.fromEntries(kept) as Named, stats };
}
