/**
 * The same weights and inputs in Kiln and in PyTorch give the same images and logits: progressive growing, with the last side partly faded
 * in and whole, beside the layout of pytorch_GAN_zoo (its own classes when KILN_PYTORCH_GAN_ZOO names a checkout). And the other way:
 * a checkpoint that PyTorch has drawn and saved, read by Kiln.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { random, startEngine } from '@kiln/engine';
import { proGanDefaults, proGanDiscriminator, proGanGenerator, type ProGanConfig } from '@kiln/models';
import { apply, variableShapes, type Network, type Variables } from '@kiln/nn';
import {
  importWeights,
  pytorchGanZoo,
  readWeights,
  writeSafetensors,
  type Convention,
  type WeightArray,
} from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { difference, handOver, torch, trained } from './beside-torch.ts';
import { atMost, equal, type Claim } from './claim.ts';
import { scratchFolder } from './kiln.ts';

/** Two groups of samples that D compares. */
const batch = 8;
/** Shares of the last side. */
const alphas = [0.3, 1];
const sides = [8, 32, 64];
const bound = 1e-4;

type Players = Readonly<Record<'G' | 'D', { network: Network; names: Convention }>>;

export async function progan(): Promise<Claim[]> {
  startEngine();
  const folder = await scratchFolder();
  const cases = await Promise.all(sides.map(async (side) => written(folder, side)));
  const theirs: ProGanConfig = {
    ...proGanDefaults,
    resolution: 16,
    channels: 1,
    latent: 20,
    featureBase: 128,
    featureMax: 24,
  };
  const z = await codes(join(folder, 'z.safetensors'), theirs.latent);
  const description = {
    latent: proGanDefaults.latent,
    alphas,
    widths: Object.fromEntries(sides.map((side) => [side, widths({ ...proGanDefaults, resolution: side })])),
    theirs: { latent: theirs.latent, widths: widths(theirs) },
    largest: widths(proGanDefaults),
  };
  await writeFile(join(folder, 'case.json'), JSON.stringify(description));
  const { facts, outputs } = await torch('progan_torch.py', folder, []);
  const reference = String(facts['reference']);
  const claims: Claim[] = [];
  const compare = async (what: string, where: string, { images, logits }: Passed): Promise<void> => {
    claims.push(
      atMost(`${what}: images`, await difference(images, outputs.get(`images${where}`)), bound),
      atMost(`${what}: logits of D`, await difference(logits, outputs.get(`logits${where}`)), bound),
    );
  };
  for (const { side, players, weights, z: own } of cases)
    for (const alpha of alphas) {
      const name = `ProGAN at ${side}, the last side ${100 * alpha} %, ${reference}`;
      await compare(name, `${side}/${alpha}`, passed(players, weights, own, stageOf(side), alpha));
    }
  const read = await readBack(playersOf(theirs), join(folder, 'theirs.pt'));
  await compare(
    `ProGAN at ${theirs.resolution}, a checkpoint of ${reference}`,
    '/theirs',
    passed(playersOf(theirs), read, z, stageOf(theirs.resolution), 1),
  );
  return [...claims, ...sizes(facts['parameters'] as Record<string, number>)];
}

const playersOf = (config: ProGanConfig): Players => {
  const player = (network: Network, name: 'G' | 'D') => ({
    network,
    names: pytorchGanZoo({
      network: name,
      resolution: config.resolution,
      shapes: variableShapes(network),
    }),
  });
  return { G: player(proGanGenerator(config), 'G'), D: player(proGanDiscriminator(config), 'D') };
};

/** Of every side from 4 on: what a layer of images sees. */
function widths(config: ProGanConfig): number[] {
  const shapes = variableShapes(proGanGenerator(config));
  const sidesOf = Array.from({ length: Math.log2(config.resolution) - 1 }, (_, scale) => 4 * 2 ** scale);
  return sidesOf.map((side) => shapes.get(`params/image${side}.kernel`)![2]!);
}

/** The stage that fades the side in. */
const stageOf = (side: number): number => 2 * Math.log2(side / proGanDefaults.startResolution) - 1;

async function codes(file: string, latent: number): Promise<tf.Tensor> {
  const z = random.normal([batch, latent], random.key(3, basename(file)));
  await writeSafetensors(
    file,
    new Map([['z', { shape: z.shape, values: (await z.data()) as Float32Array }]]),
  );
  return z;
}

/** Drawn weights of a side at the paper's widths, in files of theirs; what they store as a multiple rounds once more on the way back. */
async function written(
  folder: string,
  side: number,
): Promise<{ side: number; players: Players; weights: Record<'G' | 'D', Variables>; z: tf.Tensor }> {
  const players = playersOf({ ...proGanDefaults, resolution: side });
  const weights = { G: trained(players.G.network, side), D: trained(players.D.network, side + 1) };
  for (const name of ['G', 'D'] as const)
    await handOver(join(folder, `${name}${side}.safetensors`), weights[name], players[name].names, {
      tolerance: 5e-7,
    });
  return {
    side,
    players,
    weights,
    z: await codes(join(folder, `z${side}.safetensors`), proGanDefaults.latent),
  };
}

async function readBack(players: Players, file: string): Promise<Record<'G' | 'D', Variables>> {
  const variables = async (name: 'G' | 'D', set: string): Promise<Variables> => {
    const { network, names } = players[name];
    const weights = importWeights(await readWeights(file, [set]), variableShapes(network), names, file);
    const tensors = [...weights].map(([path, { shape, values }]: [string, WeightArray]) => [
      path.replace(/^params\//, ''),
      tf.tensor(values, [...shape]),
    ]);
    return { params: Object.fromEntries(tensors) as Variables['params'], stats: {} };
  };
  return { G: await variables('G', 'avgG'), D: await variables('D', 'netD') };
}

interface Passed {
  readonly images: tf.Tensor;
  readonly logits: tf.Tensor;
}

function passed(
  { G, D }: Players,
  weights: Record<'G' | 'D', Variables>,
  z: tf.Tensor,
  stage: number,
  alpha: number,
): Passed {
  const options = {
    training: true,
    batchStatistics: 'local',
    schedules: { alpha: tf.scalar(alpha) },
  } as const;
  // Whole is the stage after, which has no schedule. Its D does not fade 8x8 in.
  const [ofG, ofD] = [alpha === 1, alpha === 1 || stage === 1].map((whole) => ({
    ...options,
    stage: whole ? stage + 1 : stage,
  }));
  const images = apply(G.network, weights.G, [z], ofG!).output;
  return { images, logits: apply(D.network, weights.D, [images], ofD!).output };
}

/** At 1024x1024, where the first layer's bias is one for each of 16 pixels there and one for all of them here. */
function sizes(parameters: Record<string, number>): Claim[] {
  const count = (network: Network): number =>
    [...variableShapes(network).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const features = proGanDefaults.featureMax;
  return [
    equal(
      'ProGAN at 1024: parameters of G, less the first bias of 15 pixels',
      String(count(proGanGenerator(proGanDefaults))),
      String(parameters['G']! - 15 * features),
    ),
    equal(
      'ProGAN at 1024: parameters of D',
      String(count(proGanDiscriminator(proGanDefaults))),
      String(parameters['D']),
    ),
  ];
}
