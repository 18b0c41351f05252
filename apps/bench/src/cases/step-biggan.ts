/** One training step of a small BigGAN for 32x32 images: many small ops beside the convolutions. */
import { stepCase } from '../step/step-case.ts';

export const stepBiggan = stepCase({
  about: 'a D step, a G step and the average of a small BigGAN for 32x32 images',
  name: 'biggan',
  size: 'batch 32',
  peers: {
    tensorflow: ['tf.function', 'TensorFlow eager'],
    torch: ['PyTorch eager', 'PyTorch channels_last', 'PyTorch compile'],
    tfjs: ['tfjs-node'],
  },
});
