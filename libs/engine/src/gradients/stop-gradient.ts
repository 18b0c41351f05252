/** A value taken as a constant by every gradient. */
import type * as tf from '@tensorflow/tfjs-core';
import { copyOffTape, tapeEngine } from './tape.ts';

/** The value of `x` under a new name, which no gradient goes back through. */
export const stopGradient = <T extends tf.Tensor>(x: T): T => copyOffTape(tapeEngine(), x) as T;
