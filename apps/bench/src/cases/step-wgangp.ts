/** One training step with a gradient penalty for 32x32 images: gradients of gradients. */
import { stepCase } from '../step/step-case.ts';

// torch.compile refuses it: "does not currently support double backward".
export const stepWgangp = stepCase({
  about: 'a D step with WGAN-GP and a G step in the style of progressive growing for 32x32 images',
  name: 'wgangp',
  size: 'batch 16',
  peers: {
    tensorflow: ['tf.function', 'TensorFlow eager'],
    torch: ['PyTorch eager', 'PyTorch channels_last'],
    tfjs: ['tfjs-node'],
  },
});
