/** How a gradient rule is written down: one row for each kernel, no registration by import. */
import * as tf from '@tensorflow/tfjs-core';
import type { InputGradients } from './tape.ts';

export interface Saves {
  inputs?: string[];
  outputs?: boolean[];
  /** For kernels with a list of inputs. */
  allInputs?: boolean;
}

type Gradient<Dy, Attrs> = (dy: Dy, saved: tf.Tensor[], attrs: Attrs) => InputGradients | (() => tf.Tensor)[];

function config<Dy, Attrs>(kernelName: string, saves: Saves, gradient: Gradient<Dy, Attrs>): tf.GradConfig {
  return {
    kernelName,
    ...(saves.inputs && { inputsToSave: saves.inputs }),
    ...(saves.outputs && { outputsToSave: saves.outputs }),
    ...(saves.allInputs && { saveAllInputs: true }),
    gradFunc: gradient as unknown as tf.GradFunc,
  };
}

/** A rule for a kernel with one output. */
export const rule = <Attrs = object>(
  kernelName: string,
  saves: Saves,
  gradient: Gradient<tf.Tensor, Attrs>,
): tf.GradConfig => config(kernelName, saves, gradient);

/** A rule for a kernel with a list of outputs, which may have a single entry. */
export const listRule = <Attrs = object>(
  kernelName: string,
  saves: Saves,
  gradient: Gradient<tf.Tensor[], Attrs>,
): tf.GradConfig =>
  config<tf.Tensor | tf.Tensor[], Attrs>(kernelName, saves, (dys, saved, attrs) =>
    gradient(Array.isArray(dys) ? dys : [dys], saved, attrs),
  );

/** An element-wise kernel of one input `x`; the rule sees x. */
export const ofInput = (
  kernelName: string,
  gradient: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
): tf.GradConfig => rule(kernelName, { inputs: ['x'] }, (dy, [x]) => ({ x: () => gradient(dy, x!) }));

/** An element-wise kernel of one input `x`; the rule sees the kernel's output. */
export const ofOutput = (
  kernelName: string,
  gradient: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): tf.GradConfig => rule(kernelName, { outputs: [true] }, (dy, [y]) => ({ x: () => gradient(dy, y!) }));

export const runKernel = (
  kernelName: string,
  inputs: Record<string, tf.Tensor>,
  attrs: object = {},
): tf.Tensor => tf.engine().runKernel(kernelName, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;

/** Runs the backend's own kernel where it has one (TensorFlow's fused gradient ops), else the same from plain ops. */
export const fused = (
  kernelName: string,
  inputs: Record<string, tf.Tensor>,
  attrs: object,
  composed: () => tf.Tensor,
): tf.Tensor =>
  tf.getKernel(kernelName, tf.getBackend()) ? runKernel(kernelName, inputs, attrs) : composed();
