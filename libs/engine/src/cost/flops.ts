/** Floating-point operations of one node, from the shapes of its inputs and outputs: a multiplication and an addition are two. */
import type { EdgeMetadata } from '@kiln/tensorflow';

export type OpFamily =
  | 'convolution'
  | 'product'
  | 'normalisation'
  | 'reduction'
  | 'elementwise'
  | 'exchange'
  | 'movement';

export interface NodeShape {
  readonly op: string;
  readonly inputs: readonly EdgeMetadata[];
  readonly outputs: readonly EdgeMetadata[];
}

/** An unknown dimension counts as one. */
export const sizeOf = ({ shape }: Pick<EdgeMetadata, 'shape'>): number =>
  (shape ?? []).reduce((size, dim) => size * Math.max(dim, 1), 1);

/** Each output element of a convolution takes all of the filter but its output channels. */
const taps = (filter: EdgeMetadata): number => sizeOf(filter) / (filter.shape?.at(-1) ?? 1);
/** A depthwise filter is `[height, width, channels, multiplier]` and its taps are height times width. */
const window = (filter: EdgeMetadata): number => (filter.shape ?? []).slice(0, 2).reduce((a, b) => a * b, 1);

/** `[..., m, k] x [..., k, n]`, either transposed. */
function productFlops({ inputs, outputs }: NodeShape): number {
  const [a, out] = [inputs[0]!, outputs[0]!];
  const [rows, columns] = [a.shape?.at(-1) ?? 1, a.shape?.at(-2) ?? 1];
  return (2 * sizeOf(out) * rows * columns) / Math.max(out.shape?.at(-2) ?? 1, 1);
}

const convolutions: Readonly<Record<string, (node: NodeShape) => number>> = {
  Conv2D: ({ inputs, outputs }) => 2 * sizeOf(outputs[0]!) * taps(inputs[1]!),
  Conv2DBackpropInput: ({ inputs }) => 2 * sizeOf(inputs[2]!) * taps(inputs[1]!),
  Conv2DBackpropFilter: ({ inputs, outputs }) => 2 * sizeOf(inputs[2]!) * taps(outputs[0]!),
  Conv3D: ({ inputs, outputs }) => 2 * sizeOf(outputs[0]!) * taps(inputs[1]!),
  Conv3DBackpropInputV2: ({ inputs }) => 2 * sizeOf(inputs[2]!) * taps(inputs[1]!),
  Conv3DBackpropFilterV2: ({ inputs, outputs }) => 2 * sizeOf(inputs[2]!) * taps(outputs[0]!),
  DepthwiseConv2dNative: ({ inputs, outputs }) => 2 * sizeOf(outputs[0]!) * window(inputs[1]!),
  DepthwiseConv2dNativeBackpropInput: ({ inputs }) => 2 * sizeOf(inputs[2]!) * window(inputs[1]!),
  DepthwiseConv2dNativeBackpropFilter: ({ inputs, outputs }) => 2 * sizeOf(inputs[2]!) * window(outputs[0]!),
};

const products = new Set(['MatMul', 'BatchMatMul', 'BatchMatMulV2', 'BatchMatMulV3']);

// For each element. Forwards: two sums, a difference and a square for the statistics, and three to normalise.
// Backwards: two sums with a product, the normalised input again, and the combination of the three terms.
const normalisations: Readonly<Record<string, number>> = { FusedBatchNormV3: 7, FusedBatchNormGradV3: 11 };

// For each element of each output, where it is not one: Adam takes twelve for its three.
const fused: Readonly<Record<string, number>> = { KilnAdam: 4, KilnBlend: 3 };

const reductions = new Set(
  'Sum Mean Prod Max Min All Any ArgMax ArgMin BiasAddGrad L2Loss AvgPool AvgPoolGrad MaxPool MaxPoolGrad'.split(
    ' ',
  ),
);

const movements = new Set(
  (
    'Placeholder Const Identity IdentityN Reshape StopGradient PreventGradient Transpose ConcatV2 Split SplitV Slice ' +
    'StridedSlice StridedSliceGrad Pad PadV2 MirrorPad Tile Fill Pack Unpack ExpandDims Squeeze Cast GatherV2 GatherNd ' +
    'ScatterNd OneHot Range Shape ReverseV2 BroadcastTo ZerosLike OnesLike SpaceToDepth DepthToSpace SpaceToBatchND ' +
    'BatchToSpaceND ResizeNearestNeighbor ResizeNearestNeighborGrad StatelessIf If NoOp'
  ).split(' '),
);

export function familyOf(op: string): OpFamily {
  if (op in convolutions) return 'convolution';
  if (products.has(op)) return 'product';
  if (op in normalisations) return 'normalisation';
  if (reductions.has(op)) return 'reduction';
  if (movements.has(op)) return 'movement';
  return op.startsWith('Kiln') && /Reduce|Broadcast|Gather/.test(op) ? 'exchange' : 'elementwise';
}

/** Reductions take one for each input element, what moves data none, every other op one for each output element. */
export function flopsOf(node: NodeShape): number {
  const { op, inputs, outputs } = node;
  switch (familyOf(op)) {
    case 'convolution':
      return convolutions[op]!(node);
    case 'product':
      return productFlops(node);
    case 'normalisation':
      return normalisations[op]! * sizeOf(outputs[0]!);
    case 'reduction':
      return inputs.length === 0 ? 0 : Math.max(...inputs.map(sizeOf));
    case 'movement':
      return 0;
    case 'exchange':
    case 'elementwise':
      return outputs.reduce((sum, output) => sum + sizeOf(output), 0) * (fused[op] ?? 1);
  }
}
