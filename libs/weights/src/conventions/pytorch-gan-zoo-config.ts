/** What a checkpoint of pytorch_GAN_zoo says of its networks beside their tensors, and what of them Kiln's do not have. */
import type { Weights } from '../weights.ts';
import { firstBias } from './pytorch-gan-zoo.ts';

export type GanZooConfig = ReadonlyMap<string, unknown>;

/** Options that no tensor shows, with the only values that compute what Kiln's networks do, and whose they are. */
const needed: readonly {
  readonly key: string;
  readonly values: readonly unknown[];
  readonly ofG?: true;
  readonly why: string;
}[] = [
  { key: 'equalizedlR', values: [true], why: "He's constant multiplies no weights" },
  { key: 'leakyReluLeak', values: [0.2], why: 'its LeakyReLU has another slope' },
  { key: 'perChannelNormalization', values: [true], ofG: true, why: 'its G does not normalise pixels' },
  {
    key: 'lossCriterion',
    values: ['WGANGP', 'Logistic'],
    ofG: true,
    why: "its G's images go through a tanh",
  },
];

/** Why a network with this `config` computes something else than Kiln's with the same weights; null when it does not, or does not say. */
export function ganZooMismatch(network: 'G' | 'D', config: GanZooConfig): string | null {
  for (const { key, values, ofG, why } of needed) {
    const value = config.get(key);
    if (value === undefined || values.includes(value) || (ofG && network === 'D')) continue;
    return `was made with ${key} ${String(value)}, expected ${values.join(' or ')}: ${why}, and Kiln's networks do as the paper's`;
  }
  return null;
}

/** What is read otherwise than it is, one sentence each. */
export function ganZooApproximations(theirs: Weights, config: GanZooConfig): string[] {
  const alpha = config.get('alpha');
  const largest = firstBiasDeviation(theirs);
  return [
    ...(largest > 0
      ? [
          `"${firstBias}" differs between the pixels of a feature, by up to ${largest.toPrecision(2)} from their mean where the layer's outputs are about 1; the mean was taken, as the paper's layer has one for a feature`,
        ]
      : []),
    ...(theirs.has(firstBias) && typeof alpha === 'number' && alpha > 0
      ? [
          `was saved while its last side faded in, with ${Math.round(100 * alpha)} % of the side before; that side is whole in what was read`,
        ]
      : []),
  ];
}

/** Largest distance of a bias of the first layer from the mean of its feature's, as it adds to the layer's outputs. */
function firstBiasDeviation(theirs: Weights): number {
  const bias = theirs.get(firstBias)?.values;
  const latent = theirs.get('formatLayer.module.weight')?.shape[1];
  if (bias === undefined || latent === undefined) return 0;
  const pixels = 16;
  let largest = 0;
  for (let at = 0; at < bias.length; at += pixels) {
    const own = bias.subarray(at, at + pixels);
    const mean = own.reduce((sum, value) => sum + value, 0) / pixels;
    for (const value of own) largest = Math.max(largest, Math.abs(value - mean));
  }
  return largest * Math.sqrt(2 / latent);
}
