/** One training step of a DCGAN for 32x32 images: convolutions decide. */
import { stepCase } from '../step/step-case.ts';

export const stepDcgan = stepCase({
  about: 'a D step and a G step of a DCGAN for 32x32 images',
  name: 'dcgan',
  size: 'batch 64',
  compilers: ['Kiln bfloat16', 'Kiln XLA'],
  peers: {
    tensorflow: ['tf.function', 'tf.function, oneDNN as shipped', 'TensorFlow eager'],
    torch: ['PyTorch eager', 'PyTorch channels_last', 'PyTorch compile'],
    jax: ['JAX jit'],
    tfjs: ['tfjs-node'],
  },
});
