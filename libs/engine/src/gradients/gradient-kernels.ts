/**
 * tfjs kernels for TensorFlow's gradient ops that tfjs-node has none for (`ReluGrad` …), and replacements for
 * three of its own that are wrong (resizing ignores half-pixel centres) or build full-size arrays in JavaScript
 * (Step).
 */
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { backendName } from '../kernel-layer.ts';
import { kernel } from '../kernels/kernel.ts';
import { rawOp } from '../raw-op.ts';

type Inputs = Record<string, tf.Tensor>;

interface PoolAttrs {
  filterSize: number | number[];
  strides: number | number[];
  pad: 'same' | 'valid';
}

interface ResizeAttrs {
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

const only = ([output]: tf.Tensor[]): tf.Tensor => output!;

const perAxis = (value: number | number[], spatialDims: number): Uint8Array => {
  const inner = Array.isArray(value) ? value : Array.from({ length: spatialDims }, () => value);
  return attr.intList([1, ...inner, 1]);
};

const maxPoolGradGrad =
  (op: 'MaxPoolGradGrad' | 'MaxPool3DGradGrad', spatialDims: 2 | 3) =>
  ({ input, output, ddx }: Inputs, { filterSize, strides, pad }: PoolAttrs): tf.Tensor =>
    only(
      rawOp(op, [input!, output!, ddx!], {
        ksize: perAxis(filterSize, spatialDims),
        strides: perAxis(strides, spatialDims),
        padding: attr.string(pad.toUpperCase()),
      }),
    );

const resizeFlags = ({ alignCorners, halfPixelCenters }: ResizeAttrs) => ({
  align_corners: attr.bool(alignCorners),
  half_pixel_centers: attr.bool(halfPixelCenters),
});

const resizeBilinearGrad = ({ dy, images }: Inputs, attrs: ResizeAttrs): tf.Tensor =>
  only(rawOp('ResizeBilinearGrad', [dy!, images!], resizeFlags(attrs)));

function resizeNearestNeighborGrad({ dy, images }: Inputs, attrs: ResizeAttrs): tf.Tensor {
  const size = tf.tensor1d(images!.shape.slice(1, 3), 'int32');
  return only(rawOp('ResizeNearestNeighborGrad', [dy!, size], resizeFlags(attrs)));
}

/** 1 above zero, else alpha; NaN stays NaN. */
function step({ x }: Inputs, { alpha }: { alpha: number }): tf.Tensor {
  const above = tf.cast(tf.greater(x!, 0), 'float32');
  const value = alpha === 0 ? above : tf.add(tf.mul(above, 1 - alpha), alpha);
  return tf.where(tf.isNaN(x!), x!, value);
}

/** Of the outputs, the last three are what the gradient wants back. */
const batchNorm: tf.KernelConfig = {
  kernelName: 'FusedBatchNormV3',
  backendName,
  kernelFunc: ({ inputs, attrs }) => {
    const { x, scale, offset } = inputs as unknown as Inputs;
    const { epsilon } = attrs as unknown as { epsilon: number };
    return tf.tidy(() => {
      const none = tf.zeros([0]);
      return rawOp('FusedBatchNormV3', [x!, scale!, offset!, none, none], { epsilon: attr.float(epsilon) });
    });
  },
};

const batchNormGrad: tf.KernelConfig = {
  kernelName: 'FusedBatchNormGradV3',
  backendName,
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, x, scale, mean, variance, workspace } = inputs as unknown as Inputs;
    const { epsilon } = attrs as unknown as { epsilon: number };
    return tf.tidy(() =>
      rawOp('FusedBatchNormGradV3', [dy!, x!, scale!, mean!, variance!, workspace!], {
        epsilon: attr.float(epsilon),
      }).slice(0, 3),
    );
  },
};

const kernels: tf.KernelConfig[] = [
  batchNorm,
  batchNormGrad,
  kernel('ReluGrad', ({ dy, x }) => only(rawOp('ReluGrad', [dy!, x!]))),
  kernel('Relu6Grad', ({ dy, x }) => only(rawOp('Relu6Grad', [dy!, x!]))),
  kernel<{ alpha: number }>('LeakyReluGrad', ({ dy, x }, { alpha }) =>
    only(rawOp('LeakyReluGrad', [dy!, x!], { alpha: attr.float(alpha) })),
  ),
  kernel('SigmoidGrad', ({ dy, y }) => only(rawOp('SigmoidGrad', [y!, dy!]))),
  kernel('TanhGrad', ({ dy, y }) => only(rawOp('TanhGrad', [y!, dy!]))),
  kernel('MaxPoolGradGrad', maxPoolGradGrad('MaxPoolGradGrad', 2)),
  kernel('MaxPool3DGradGrad', maxPoolGradGrad('MaxPool3DGradGrad', 3)),
  kernel('ResizeBilinearGrad', resizeBilinearGrad),
  kernel('ResizeNearestNeighborGrad', resizeNearestNeighborGrad),
  kernel('Step', step),
];

export function registerGradientKernels(): void {
  for (const config of kernels) {
    if (tf.getKernel(config.kernelName, config.backendName))
      tf.unregisterKernel(config.kernelName, config.backendName);
    tf.registerKernel(config);
  }
}
