/** Names and layouts of BigGAN-PyTorch, Brock's own code, for BigGAN and BigGAN-deep. */
import type { Convention } from '../convention.ts';
import { convolution, linear, same, type Layout } from '../layout.ts';

export interface BigGanPyTorchOptions {
  readonly model: 'biggan' | 'biggan-deep';
  readonly network: 'G' | 'D';
  /** Side of the images: it says behind which block an attention stands. */
  readonly resolution: number;
  /** Length of z: BigGAN-PyTorch's deep G puts the class embedding before it, Kiln's behind it. */
  readonly latent: number;
}

const leaves: Readonly<Record<string, string>> = {
  kernel: 'weight',
  bias: 'bias',
  u: 'u0',
  sigma: 'sv0',
  gain: 'gain',
  offset: 'bias',
  mean: 'stored_mean',
  variance: 'stored_var',
  gamma: 'gamma',
};

/** The variables of Kiln's networks in its names: `params/block1.conv1.kernel` is `blocks.0.0.conv1.weight`. */
export function bigGanPyTorch(options: BigGanPyTorchOptions): Convention {
  return {
    counterpart: (path, shape) => {
      const layer = path.slice(path.indexOf('/') + 1).split('.');
      const leaf = layer.pop()!;
      const name = [...moduleOf(layer, options), leaves[leaf] ?? leaf].join('.');
      return { name, layout: layoutOf(layer, leaf, shape, options) };
    },
  };
}

function moduleOf(
  [first = '', ...rest]: readonly string[],
  options: BigGanPyTorchOptions,
): (string | number)[] {
  const [, kind = '', number = '', half = ''] = /^(block|stage|attention)(\d+)([ab]?)$/.exec(first) ?? [];
  const inner = rest.map((name) => innerNames[name] ?? name.replace(/^norm/, 'bn'));
  if (kind === 'block') return ['blocks', Number(number) - 1, 0, ...inner];
  if (kind === 'stage') return ['blocks', 2 * Number(number) - (half === 'a' ? 2 : 1), 0, ...inner];
  if (kind === 'attention') return ['blocks', attentionBlock(Number(number), options), 1, ...inner];
  if (first === 'head') return [rest[0] === 'embedding' ? 'embed' : 'linear'];
  return [outerNames[first] ?? first];
}

const innerNames: Readonly<Record<string, string>> = { shortcut: 'conv_sc', offset: 'bias' };

const outerNames: Readonly<Record<string, string>> = {
  seed: 'linear',
  embedding: 'shared',
  norm: 'output_layer.0',
  image: 'output_layer.2',
  first: 'input_conv',
};

/** Index of the block whose result has this side and is attended to. */
function attentionBlock(side: number, { model, network, resolution }: BigGanPyTorchOptions): number {
  const stage = Math.log2(network === 'G' ? side / 4 : resolution / side) - 1;
  return model === 'biggan' ? stage : 2 * stage + 1;
}

function layoutOf(
  layer: readonly string[],
  leaf: string,
  shape: readonly number[],
  { model, latent }: BigGanPyTorchOptions,
): Layout {
  const readsCode = model === 'biggan-deep' && (layer[0] === 'seed' || /^(gain|offset)$/.test(layer.at(-1)!));
  const roll = readsCode && leaf === 'kernel' ? { roll: latent } : {};
  if (layer[0] === 'seed') return { ...seedLayout(leaf, shape), ...roll };
  if (leaf !== 'kernel' || layer.at(-1) === 'embedding') return same(shape);
  return { ...(shape.length === 4 ? convolution(shape) : linear(shape)), ...roll };
}

/** G's first map: features lie as `[4, 4, channels]` in Kiln, as `[channels, 4, 4]` there. */
function seedLayout(leaf: string, shape: readonly number[]): Layout {
  const channels = shape.at(-1)! / 16;
  if (leaf === 'kernel')
    return { view: [shape[0]!, 4, 4, channels], order: [3, 1, 2, 0], theirs: [shape[1]!, shape[0]!] };
  if (leaf === 'bias') return { view: [4, 4, channels], order: [2, 0, 1], theirs: shape };
  if (leaf === 'u') return { view: [1, 4, 4, channels], order: [0, 3, 1, 2], theirs: shape };
  return same(shape);
}
