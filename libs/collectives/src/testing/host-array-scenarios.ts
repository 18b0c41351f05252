/** What ranks do in the tests of arrays of the host. */
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '@kiln/engine';
import { gatherFloats, sumDoubles, together } from '../host-arrays.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 2 });

export const sum = async (values: number[]): Promise<number[]> => [
  ...(await sumDoubles(Float64Array.from(values), 'sum')),
];

export const gather = async (values: number[]): Promise<number[]> => [
  ...(await gatherFloats(Float32Array.from(values), 'gather')),
];

export function work({ ms, fails = false }: { ms: number; fails?: boolean }): Promise<string> {
  const body = async (): Promise<string> => {
    await pause(ms);
    if (fails) throw new Error('no more');
    return `done after ${ms}`;
  };
  return together(body(), 'work', 100);
}
