/** Names and layouts of the PyPI package pytorch-pretrained-biggan: BigGAN-deep's generator as released on TF Hub. */
import type { Convention, Counterpart } from '../convention.ts';
import { convolution, linear, same } from '../layout.ts';

export interface PretrainedBigGanOptions {
  /** Stages of G: 5 at side 128, 6 at 256, 7 at 512. */
  readonly stages: number;
  /** The stage behind which the attention stands, counted from 1: the one that ends at side 64. */
  readonly attentionStage: number;
}

/** It keeps running statistics for truncations 0, 0.02, … 1. */
const numTruncations = 51;

/**
 * It stores a kernel as PyTorch's `spectral_norm` does: `weight_orig` and the vectors `weight_u`, `weight_v`. Of its running
 * statistics those of truncation 1 are read. Its last convolution makes
 * `width` channels, of which three are shown: set `imageFilters` to the width.
 */
export function pretrainedBigGan(options: PretrainedBigGanOptions): Convention {
  return {
    counterpart: (path, shape) => counterpartOf(path, shape, options),
    ignores: (name) => name.endsWith('.weight_v'),
    // Written by the next training pass.
    derive: (path, shape) => (path.endsWith('.sigma') ? { shape, values: new Float32Array(1) } : null),
  };
}

/** Kiln's path as the module of theirs and the name of the tensor within it. */
function splitPath(
  path: string,
  options: PretrainedBigGanOptions,
): { layer: string[]; module: string; leaf: string } {
  const layer = path.slice(path.indexOf('/') + 1).split('.');
  const leaf = layer.pop()!;
  return { layer, module: moduleOf(layer, options), leaf };
}

function counterpartOf(
  path: string,
  shape: readonly number[],
  options: PretrainedBigGanOptions,
): Counterpart | null {
  const { layer, module, leaf } = splitPath(path, options);
  if (leaf === 'sigma') return null;
  if (leaf === 'mean' || leaf === 'variance') {
    const layout = { ...same(shape), theirs: [numTruncations, ...shape], copies: numTruncations };
    return { name: `${module}.${leaf === 'mean' ? 'running_means' : 'running_vars'}`, layout };
  }
  if (layer[0] === 'embedding') return { name: 'embeddings.weight', layout: linear(shape) };
  if (leaf === 'kernel')
    return { name: `${module}.weight_orig`, layout: shape.length === 4 ? convolution(shape) : linear(shape) };
  // Its vector has no axis for several singular values.
  if (leaf === 'u') return { name: `${module}.weight_u`, layout: { ...same(shape), theirs: [shape[1]!] } };
  if (leaf === 'gamma') return { name: `${module}.gamma`, layout: { ...same(shape), theirs: [1] } };
  return { name: `${module}.${leaf === 'gain' ? 'weight' : 'bias'}`, layout: same(shape) };
}

function moduleOf(
  [first = '', ...rest]: readonly string[],
  { attentionStage }: PretrainedBigGanOptions,
): string {
  const [, stage = '', half = ''] = /^stage(\d+)([ab])$/.exec(first) ?? [];
  if (stage !== '') {
    const block = 2 * Number(stage) - (half === 'a' ? 2 : 1);
    // The attention is one more element of its list of layers.
    const index = block + (Number(stage) > attentionStage ? 1 : 0);
    const inner = rest.map((name) =>
      name.replace(
        /^(norm|conv)(\d)$/,
        (_, kind: string, n: string) => `${kind === 'norm' ? 'bn' : 'conv'}_${Number(n) - 1}`,
      ),
    );
    return ['generator.layers', index, ...inner.map((name) => (name === 'gain' ? 'scale' : name))].join('.');
  }
  if (first.startsWith('attention'))
    return ['generator.layers', 2 * attentionStage, ...rest.map((name) => attentionNames[name] ?? name)].join(
      '.',
    );
  return outerNames[first] ?? first;
}

const attentionNames: Readonly<Record<string, string>> = {
  theta: 'snconv1x1_theta',
  phi: 'snconv1x1_phi',
  g: 'snconv1x1_g',
  o: 'snconv1x1_o_conv',
};

const outerNames: Readonly<Record<string, string>> = {
  seed: 'generator.gen_z',
  norm: 'generator.bn',
  image: 'generator.conv_to_rgb',
};
