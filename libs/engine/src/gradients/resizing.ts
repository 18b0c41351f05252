/** Gradients of image resizing; a resize is linear, so the gradient of its gradient kernel is the resize itself. */
import * as tf from '@tensorflow/tfjs-core';
import { rule, runKernel } from './rule.ts';

interface Attrs {
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

const resizeRules = (kernelName: 'ResizeBilinear' | 'ResizeNearestNeighbor'): tf.GradConfig[] => [
  rule<Attrs>(kernelName, { inputs: ['images'] }, (dy, [images], { alignCorners, halfPixelCenters }) => ({
    images: () => runKernel(`${kernelName}Grad`, { dy, images: images! }, { alignCorners, halfPixelCenters }),
  })),
  rule<Attrs>(`${kernelName}Grad`, { inputs: ['dy'] }, (ddx, [dy], { alignCorners, halfPixelCenters }) => ({
    dy: () =>
      runKernel(kernelName, { images: ddx }, { alignCorners, halfPixelCenters, size: dy!.shape.slice(1, 3) }),
    images: null,
  })),
];

export const resizing: tf.GradConfig[] = [
  ...resizeRules('ResizeBilinear'),
  ...resizeRules('ResizeNearestNeighbor'),
];
