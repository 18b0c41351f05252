/** Names and layouts of rosinality's stylegan2-pytorch, which holds G's two networks in one file. */
import type { Convention } from '../convention.ts';
import { convolution, linear, linearOfMap, same, type Layout } from '../layout.ts';
import { sideMismatch, type SideByBlock } from './image-side.ts';

type NameOf = (layer: readonly string[], leaf: string) => string;

/**
 * The variables of Kiln's unconditional networks in its names: `params/block8.conv1.kernel` is `convs.0.conv.weight`. Its
 * filters and fixed noise are no variables here. `declared` is what lies beside G in its files: the average w. `resolution`:
 * side of the images, by which D's blocks are counted.
 */
export function styleGan2PyTorch({ resolution }: { resolution: number }): {
  readonly mapping: Convention;
  readonly synthesis: Convention;
  readonly declared: Convention;
  readonly D: Convention;
} {
  const convention = (nameOf: NameOf, others: RegExp, blocks?: SideByBlock): Convention => ({
    counterpart: (path, shape) => {
      const layer = path.slice(path.indexOf('/') + 1).split('.');
      const leaf = layer.pop()!;
      return { name: nameOf(layer, leaf), layout: layoutOf(layer, leaf, shape, nameOf === synthesisName) };
    },
    ignores: (name) => /(^|\.)kernel$|^noises\./.test(name) || others.test(name),
    mismatch: (theirs) => (blocks === undefined ? null : sideMismatch(theirs, blocks, resolution)),
  });
  return {
    mapping: convention(mappingName, /^(?!style\.)/),
    synthesis: convention(synthesisName, /^(style\.|latent_avg$)/, {
      pattern: /^to_rgbs\.(\d+)\.bias$/,
      sideOf: (block) => 8 * 2 ** block,
    }),
    declared: {
      counterpart: (path, shape) =>
        path === 'wAverage' ? { name: 'latent_avg', layout: same(shape) } : null,
      ignores: (name) => name !== 'latent_avg',
    },
    D: convention((layer, leaf) => discriminatorName(layer, leaf, resolution), /^$/, {
      pattern: /^convs\.(\d+)\.conv1\.0\.weight$/,
      sideOf: (block) => 4 * 2 ** block,
    }),
  };
}

const weightOr = (leaf: string): string => (leaf === 'kernel' ? 'weight' : leaf);
const numberIn = (name: string): number => Number(/\d+$/.exec(name)![0]);

const mappingName: NameOf = ([layer = ''], leaf) => `style.${numberIn(layer)}.${weightOr(leaf)}`;

const synthesisName: NameOf = ([block = '', layer = '', part], leaf) => {
  if (leaf === 'constant') return 'input.input';
  const stage = Math.log2(numberIn(block)) - 3;
  if (layer === 'image') {
    const module = stage < 0 ? 'to_rgb1' : `to_rgbs.${stage}`;
    return leaf === 'bias' && part === undefined ? `${module}.bias` : `${module}.${modulated(part, leaf)}`;
  }
  const module = stage < 0 ? 'conv1' : `convs.${2 * stage + (layer === 'conv1' ? 0 : 1)}`;
  if (leaf === 'strength') return `${module}.noise.weight`;
  if (leaf === 'bias' && part === undefined) return `${module}.activate.bias`;
  return `${module}.${modulated(part, leaf)}`;
};

const modulated = (part: string | undefined, leaf: string): string =>
  part === 'style' ? `conv.modulation.${weightOr(leaf)}` : 'conv.weight';

const discriminatorName = (
  [block = '', layer = '']: readonly string[],
  leaf: string,
  resolution: number,
): string => {
  // A convolution is a list of a filter where it halves, the product, and the bias of the activation.
  const entry = (halves: boolean): string =>
    `${(halves ? 1 : 0) + (leaf === 'bias' ? 1 : 0)}.${weightOr(leaf)}`;
  if (block === 'image') return `convs.0.${entry(false)}`;
  const index = Math.log2(resolution / numberIn(block)) + 1;
  if (layer === 'conv1') return `convs.${index}.conv1.${entry(false)}`;
  if (layer === 'conv2') return `convs.${index}.conv2.${entry(true)}`;
  if (layer === 'shortcut') return `convs.${index}.skip.${entry(true)}`;
  if (layer === 'conv') return `final_conv.${entry(false)}`;
  return `final_linear.${layer === 'hidden' ? 0 : 1}.${weightOr(leaf)}`;
};

function layoutOf(
  layer: readonly string[],
  leaf: string,
  shape: readonly number[],
  isSynthesis: boolean,
): Layout {
  if (leaf === 'strength') return { ...same(shape), theirs: [1] };
  if (leaf === 'constant') return { ...same(shape), order: [2, 0, 1], theirs: [1, shape[2]!, 4, 4] };
  if (isSynthesis && layer.at(-1) === 'image' && leaf === 'bias')
    return { ...same(shape), theirs: [1, shape[0]!, 1, 1] };
  if (leaf !== 'kernel') return same(shape);
  if (layer.at(-1) === 'hidden') return linearOfMap(shape);
  if (shape.length === 2) return linear(shape);
  if (!isSynthesis) return convolution(shape);
  // The first convolution of a block doubles the side: its kernel lies as that of a transposed one.
  const doubles = layer.at(-1) === 'conv1' && layer[0] !== 'block4';
  const plain = doubles ? transposed(shape) : convolution(shape);
  return { ...plain, theirs: [1, ...plain.theirs] };
}

/** `[height, width, out, in]` to `[out, in, height, width]`. */
const transposed = ([height, width, output, input]: readonly number[]): Layout => ({
  view: [height!, width!, output!, input!],
  order: [2, 3, 0, 1],
  theirs: [output!, input!, height!, width!],
});
