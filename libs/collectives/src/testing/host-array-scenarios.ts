/** What ranks do in the tests of arrays of the host. */
import { setTimeout as pause } from 'node:timers/promises';
import { rawOpAsync, startEngine } from '@kiln/engine';
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { gatherFloats, sumDoubles, together } from '../host-arrays.ts';
import { allReduceAside } from '../ops.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 2 });

export const sum = async (values: number[]): Promise<number[]> => [
  ...(await sumDoubles(Float64Array.from(values), 'sum')),
];

export const gather = async (values: number[]): Promise<number[]> => [
  ...(await gatherFloats(Float32Array.from(values), 'gather')),
];

/** Whether a sum aside was there before an op of the compute lane that was begun earlier. */
export async function besideLongOp(): Promise<boolean> {
  let isDone = false;
  const matrix = tf.diag(tf.range(0, 1200));
  const op = rawOpAsync('SelfAdjointEigV2', [matrix], { compute_v: attr.bool(true) }).then(
    () => (isDone = true),
  );
  await allReduceAside(tf.scalar(1), 'aside');
  const wasFirst = !isDone;
  await op;
  return wasFirst;
}

export function work({
  ms,
  fails = false,
  givesUpAfter = Infinity,
}: {
  ms: number;
  fails?: boolean;
  givesUpAfter?: number;
}): Promise<string> {
  const began = performance.now();
  const body = async (signal: AbortSignal): Promise<string> => {
    await pause(ms, undefined, { signal });
    if (fails) throw new Error('no more');
    return `done after ${ms}`;
  };
  const giveUp = (): boolean => performance.now() - began > givesUpAfter;
  return together(body, 'work', { longestPauseMs: 100, giveUp });
}
