/** Describes tensors by shape and dtype, and looks under tfjs's label for the dtype that TensorFlow has. */
import type * as tf from '@tensorflow/tfjs-core';
import { dataTypeBytes } from '@kiln/tensorflow';
import { dtypeOf } from './dtypes.ts';
import { runtime } from './runtime.ts';
import { mapTensors, type Spec, type SpecTree, type Tree } from './tree.ts';

/** TensorFlow's dtype number of a tensor, whatever its label in tfjs. */
export function tfType(tensor: tf.Tensor): number {
  return runtime().backend.record(tensor).dtype;
}

export function specOf(tensor: tf.Tensor): Spec {
  const { shape, dtype } = tensor;
  const tfDtype = tfType(tensor);
  return tfDtype === dtypeOf(dtype) ? { shape, dtype } : { shape, dtype, tfDtype };
}

/** The structure of a tree with a spec in the place of each tensor. */
export function specsOf(tree: Tree): SpecTree {
  return mapTensors(tree, specOf) as SpecTree;
}

export const specSize = ({ shape }: Spec): number => shape.reduce((size, dim) => size * dim, 1);

export const specBytes = (spec: Spec): number => specSize(spec) * dataTypeBytes(dtypeOfSpec(spec));

export function dtypeOfSpec(spec: Spec): number {
  return spec.tfDtype ?? dtypeOf(spec.dtype);
}
