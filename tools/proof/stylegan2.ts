/**
 * The same weights and inputs in Kiln and in PyTorch give the same images and logits: StyleGAN2 beside stylegan2-pytorch's
 * layout (its own classes when KILN_STYLEGAN2_PYTORCH names a checkout).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { random, startEngine } from '@kiln/engine';
import {
  mappingDefaults,
  mappingNetwork,
  mixStyles,
  noiseShapes,
  numStyles,
  styleGan2Defaults,
  styleGan2Discriminator,
  styleGan2Synthesis,
} from '@kiln/models';
import { apply } from '@kiln/nn';
import { exportWeights, styleGan2PyTorch, writeSafetensors, type WeightArray } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { atMost, equal, type Claim } from './claim.ts';
import { scratchFolder } from './kiln.ts';
import { difference, handOver, hostCopy, size, torch, trained } from './beside-torch.ts';

/** Two groups of samples that D compares with each other. */
const batch = 8;
const resolution = 64;
const features = 24;
const latent = features;
const numLayers = 3;
/** The layers from here on have the style of a second z. */
const crossover = 5;

export async function stylegan2(): Promise<Claim[]> {
  startEngine();
  const folder = scratchFolder();
  // stylegan2-pytorch has 512 features up to side 32, whatever its width.
  const config = { ...styleGan2Defaults, resolution, features, featureBase: 8192 };
  const networks = {
    mapping: mappingNetwork({ ...mappingDefaults, latent, features, numLayers }),
    synthesis: styleGan2Synthesis(config),
    D: styleGan2Discriminator(config),
  };
  const weights = {
    mapping: trained(networks.mapping, 1),
    synthesis: trained(networks.synthesis, 2),
    D: trained(networks.D, 3),
  };
  const conventions = styleGan2PyTorch({ resolution });
  for (const name of ['mapping', 'synthesis', 'D'] as const)
    await handOver(join(folder, `${name}.safetensors`), weights[name], conventions[name]);
  const G = new Map([
    ...exportWeights(await hostCopy(weights.mapping), conventions.mapping),
    ...exportWeights(await hostCopy(weights.synthesis), conventions.synthesis),
  ]);
  await writeSafetensors(join(folder, 'G.safetensors'), G);
  const widths = [512, 512, 512, 512, 256];
  await writeFile(
    join(folder, 'case.json'),
    JSON.stringify({ resolution, features, numLayers, crossover, widths }),
  );

  const draw = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(4, stream));
  const [z, other] = [draw([batch, latent], 'z'), draw([batch, latent], 'other')];
  const noise = noiseShapes(resolution).map((shape, i) => draw([batch, ...shape], `noise${i}`));
  const inputs = new Map<string, WeightArray>();
  const named = { z, other, ...Object.fromEntries(noise.map((own, i) => [`noise${i}`, own])) };
  for (const [name, x] of Object.entries(named))
    inputs.set(name, { shape: x.shape, values: (await x.data()) as Float32Array });
  await writeSafetensors(join(folder, 'inputs.safetensors'), inputs);

  const run = (network: keyof typeof networks, ...given: tf.Tensor[]): tf.Tensor =>
    apply(networks[network], weights[network], given, { training: true, batchStatistics: 'local' }).output;
  const from = tf.fill([batch], crossover);
  const styles = mixStyles(run('mapping', z), run('mapping', other), from, numStyles(resolution));
  const images = run('synthesis', styles, ...noise);
  const logits = run('D', images);
  const { facts, outputs } = await torch('stylegan2_torch.py', folder, []);
  const name = `StyleGAN2-${resolution}, ${String(facts['reference'])}`;
  return [
    atMost(`${name}: images`, await difference(images, outputs.get('images')), 1e-4),
    atMost(`${name}: logits of D`, await difference(logits, outputs.get('logits')), 1e-4),
    equal(
      `${name}: parameters of G`,
      String(Number(size(weights.mapping)) + Number(size(weights.synthesis))),
      String(facts['parametersG']),
    ),
    equal(`${name}: parameters of D`, size(weights.D), String(facts['parametersD'])),
  ];
}
