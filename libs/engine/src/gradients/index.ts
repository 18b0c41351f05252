/** tfjs's gradients for the engine: a corrected tape and one rule for each kernel, right to second order. */
import * as tf from '@tensorflow/tfjs-core';
import { activations } from './activations.ts';
import { arithmetic } from './arithmetic.ts';
import { gradients } from './backward.ts';
import { composition } from './composition.ts';
import { convolution } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { registerGradientKernels } from './gradient-kernels.ts';
import { indexing } from './indexing.ts';
import { normalization } from './normalization.ts';
import { pooling } from './pooling.ts';
import { products } from './products.ts';
import { reductions } from './reductions.ts';
import { resizing } from './resizing.ts';
import { shaping } from './shaping.ts';
import { spectral } from './spectral.ts';
import { withSurvivors } from './survivors.ts';
import { addTapeNode, customGrad, saveForBackward, tapeEngine } from './tape.ts';

const rules: tf.GradConfig[] = [
  ...activations,
  ...arithmetic,
  ...composition,
  ...convolution,
  ...elementwise,
  ...indexing,
  ...normalization,
  ...pooling,
  ...products,
  ...reductions,
  ...resizing,
  ...shaping,
  ...spectral,
];

/** Replaces tfjs's tape and gradient rules. Once for a process, after anything that registers tfjs's own rules. */
export function registerGradients(): void {
  const engine = tapeEngine();
  engine.addTapeNode = (...node) => addTapeNode(engine, ...node);
  engine.saveTensorsForBackwardMode = (tensors) => saveForBackward(engine, tensors);
  engine.customGrad = (f) => customGrad(engine, f);
  engine.gradients = (...request) => withSurvivors(() => gradients(engine, ...request));
  registerGradientKernels();
  for (const config of rules) tf.registerGradient(config);
}
