/** Names and layouts of rosinality/style-based-gan-pytorch: StyleGAN's mapping and synthesis network, and D. */
import type { Convention, Counterpart } from '../convention.ts';
import { convolution, linear, same, type Layout } from '../layout.ts';
import type { Weights } from '../weights.ts';
import { largestSide, sideMismatch, type SideByBlock } from './image-side.ts';

/** It multiplies every kernel by He's constant; Kiln leaves the gain out where no LeakyReLU follows. */
const noGain = Math.SQRT1_2;
/** From this side on a convolution and the change of the side are one layer there. */
const fusedFrom = 128;
const sides = 9;
const sideOf = (block: number): number => 4 * 2 ** block;
const largest = sideOf(sides - 1);

const blocksOfG: SideByBlock = { pattern: /^generator\.to_rgb\.(\d+)\.conv\.bias$/, sideOf };
const blocksOfD: SideByBlock = {
  pattern: /^from_rgb\.(\d+)\.0\.conv\.bias$/,
  sideOf: (index) => sideOf(sides - 1 - index),
};

export interface StyleBasedGanPyTorchOptions {
  readonly lrMultiplier: number;
  /** Side of the images. */
  readonly resolution: number;
}

/**
 * What differs there: the layers of the mapping network learn at the optimiser's own rate, so Kiln's multiplier is in their
 * weights; there is no bias behind the constant (read, Kiln's is 0; written, it is added to the constant); the bias of an
 * upsampling convolution is added in front of the blur, which is not the same in the outermost ring of pixels; both layers of a
 * side have the same noise; D, that of `Discriminator(from_rgb_activate=True)`, widens in the first convolution of a block and
 * not in the second, so that its blocks fit where widths do not change. Its own files have layers for all sides up to 1024,
 * whatever was trained: those that Kiln's network lacks are left out.
 */
export function styleBasedGanPyTorch({ lrMultiplier, resolution }: StyleBasedGanPyTorchOptions): {
  readonly mapping: Convention;
  readonly synthesis: Convention;
  readonly D: Convention;
} {
  const growing = (blocks: SideByBlock, modules: RegExp): Pick<Convention, 'ignores' | 'mismatch'> => ({
    ignores: (name, theirs) => {
      const block = modules.exec(name)?.[1];
      const isUnused = block !== undefined && blocks.sideOf(Number(block)) > resolution;
      return isFilter(name) || (isUnused && largestSide(theirs, blocks) === largest);
    },
    mismatch: (theirs) =>
      largestSide(theirs, blocks) === largest ? null : sideMismatch(theirs, blocks, resolution),
  });
  const ofG = growing(blocksOfG, /^generator\.(?:progression|to_rgb)\.(\d+)\./);
  return {
    mapping: {
      counterpart: (path, shape) => ofMapping(partsOf(path), shape, lrMultiplier),
      ignores: (name) => !name.startsWith('style.'),
    },
    synthesis: {
      ...ofG,
      counterpart: (path, shape) => ofSynthesis(partsOf(path), shape),
      ignores: (name, theirs) => name.startsWith('style.') || ofG.ignores!(name, theirs),
      derive: (path, shape) => (path === firstBias ? { shape, values: new Float32Array(shape[0]!) } : null),
      prepare: withoutFirstBias,
    },
    D: {
      ...growing(blocksOfD, /^(?:progression|from_rgb)\.(\d+)\./),
      counterpart: (path, shape) => ofDiscriminator(partsOf(path), shape),
    },
  };
}

const firstBias = 'params/block4.layer1.bias';

/** The bias behind the constant as a part of it: noise lies between them, and the sum is the same. */
function withoutFirstBias(weights: Weights): Weights {
  const path = 'params/block4.constant';
  const [constant, bias] = [weights.get(path), weights.get(firstBias)];
  if (constant === undefined || bias === undefined) return weights;
  const { shape, values } = constant;
  const channels = bias.values.length;
  const sum = { shape, values: values.map((value, i) => value + bias.values[i % channels]!) };
  return new Map([...weights, [path, sum]]);
}

const partsOf = (path: string): string[] => path.slice(path.indexOf('/') + 1).split('.');
const isFilter = (name: string): boolean =>
  /\.(weight|weight_flip)$/.test(name) && !name.endsWith('conv2.1.weight');
const blockOf = (side: string): number => Math.log2(Number(side)) - 2;

function ofMapping(
  [layer = '', leaf]: readonly string[],
  shape: readonly number[],
  lrMultiplier: number,
): Counterpart | null {
  const number = Number(/^layer(\d+)$/.exec(layer)?.[1]);
  if (Number.isNaN(number)) return null;
  const module = `style.${2 * number - 1}.linear`;
  if (leaf === 'kernel') return { name: `${module}.weight_orig`, layout: linear(shape), scale: lrMultiplier };
  // Kiln's LeakyReLU has the gain that its kernels lack.
  return { name: `${module}.bias`, layout: same(shape), scale: lrMultiplier * Math.SQRT2 };
}

function ofSynthesis(parts: readonly string[], shape: readonly number[]): Counterpart | null {
  const [, kind = '', side = ''] = /^(block|image)(\d+)$/.exec(parts[0]!) ?? [];
  if (kind === 'image') return outputLayer(`generator.to_rgb.${blockOf(side)}.conv`, parts.at(-1)!, shape);
  const block = `generator.progression.${blockOf(side)}`;
  const path = parts.slice(1).join('.');
  if (path === 'constant')
    return {
      name: `${block}.conv1.input`,
      layout: { view: shape, order: [2, 0, 1], theirs: [1, shape[2]!, shape[0]!, shape[1]!] },
    };
  const isFused = Number(side) >= fusedFrom;
  const first = isFused ? `${block}.conv1.0` : `${block}.conv1.1.conv`;
  if (path === 'conv1.kernel') {
    const up: Layout = { view: shape, order: [2, 3, 0, 1], theirs: [shape[2]!, shape[3]!, 3, 3] };
    const transposed: Layout = { ...up, order: [3, 2, 0, 1], theirs: [shape[3]!, shape[2]!, 3, 3] };
    // Fused, it averages four kernels where the other way would add them up.
    if (isFused) return { name: `${first}.weight`, layout: transposed, scale: 4 };
    return { name: `${first}.weight_orig`, layout: { ...up, turned: true } };
  }
  if (path === 'conv2.kernel') return { name: `${block}.conv2.conv.weight_orig`, layout: convolution(shape) };
  const [, number = '', rest = ''] = /^layer([12])\.(.*)$/.exec(path) ?? [];
  if (rest === 'bias') {
    if (number === '2') return { name: `${block}.conv2.conv.bias`, layout: same(shape) };
    return side === '4' ? null : { name: `${first}.bias`, layout: same(shape) };
  }
  return styleOf(`${block}`, number, rest, shape);
}

function styleOf(block: string, number: string, rest: string, shape: readonly number[]): Counterpart | null {
  if (rest === 'noise.strength') {
    const channels = shape[0]!;
    return {
      name: `${block}.noise${number}.weight_orig`,
      layout: { ...same(shape), theirs: [1, channels, 1, 1] },
      scale: Math.sqrt(channels / 2),
    };
  }
  const module = `${block}.adain${number}.style.linear`;
  if (rest === 'norm.style.kernel')
    return { name: `${module}.weight_orig`, layout: linear(shape), scale: noGain };
  if (rest !== 'norm.style.bias') return null;
  // Its scale is what a map is multiplied by; Kiln's is added to 1.
  const channels = shape[0]! / 2;
  return { name: `${module}.bias`, layout: same(shape), plus: (index) => (index < channels ? 1 : 0) };
}

function ofDiscriminator(parts: readonly string[], shape: readonly number[]): Counterpart | null {
  const [, kind = '', side = ''] = /^(block|image)(\d+)$/.exec(parts[0]!) ?? [];
  const index = sides - 1 - blockOf(side);
  const leaf = parts.at(-1)!;
  if (kind === 'image') return convolutionLayer(`from_rgb.${index}.0.conv`, leaf, shape);
  const block = `progression.${index}`;
  switch (parts[1]) {
    case 'conv1':
    case 'conv':
      return convolutionLayer(`${block}.conv1.0.conv`, leaf, shape);
    case 'conv2': {
      if (Number(side) < fusedFrom) return convolutionLayer(`${block}.conv2.1.conv`, leaf, shape);
      const layout = leaf === 'kernel' ? convolution(shape) : same(shape);
      return { name: `${block}.conv2.1.${leaf === 'kernel' ? 'weight' : 'bias'}`, layout };
    }
    case 'hidden': {
      const channels = shape[0]! / 16;
      const view = [4, 4, channels, shape[1]!];
      if (leaf === 'kernel')
        return {
          name: `${block}.conv2.0.conv.weight_orig`,
          layout: { view, order: [3, 2, 0, 1], theirs: [shape[1]!, channels, 4, 4] },
        };
      return { name: `${block}.conv2.0.conv.bias`, layout: same(shape) };
    }
    case 'logit':
      return leaf === 'kernel'
        ? { name: 'linear.linear.weight_orig', layout: linear(shape), scale: noGain }
        : { name: 'linear.linear.bias', layout: same(shape) };
    default:
      return null;
  }
}

function convolutionLayer(module: string, leaf: string, shape: readonly number[]): Counterpart {
  if (leaf === 'kernel') return { name: `${module}.weight_orig`, layout: convolution(shape) };
  return { name: `${module}.bias`, layout: same(shape) };
}

function outputLayer(module: string, leaf: string, shape: readonly number[]): Counterpart {
  const layer = convolutionLayer(module, leaf, shape);
  return leaf === 'kernel' ? { ...layer, scale: noGain } : layer;
}
