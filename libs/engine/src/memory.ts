/** What this process holds, for leak tests and for the line that a run prints. */
import * as tf from '@tensorflow/tfjs-core';
import { runtime } from './runtime.ts';

export interface Memory {
  /** Tensors that tfjs tracks, and the bytes that they stand for. */
  numTensors: number;
  numBytes: number;
  /** Handles, graphs and functions in the addon, and calls in flight. */
  native: { tensors: number; graphs: number; functions: number; pending: number };
  residentBytes: number;
}

export function memory(): Memory {
  const { numTensors, numBytes } = tf.memory();
  return {
    numTensors,
    numBytes,
    native: runtime().binding.stats(),
    residentBytes: process.memoryUsage.rss(),
  };
}
