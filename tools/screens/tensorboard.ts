/** Starts TensorBoard on a run through `kiln tensorboard`, on a free port of this machine only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type TensorBoard = { readonly url: string; stop(): Promise<void> };

const startMs = 300_000; // the first start installs TensorBoard
const loadMs = 60_000;

/** The address in what TensorBoard prints when it is ready. */
export function addressIn(output: string): string | undefined {
  return /\bTensorBoard \S+ at (http:\/\/\S+)/.exec(output)?.[1];
}

export async function startTensorBoard(root: string, run: string): Promise<TensorBoard> {
  const args = [
    join(root, 'apps/cli/bin/kiln.mjs'),
    'tensorboard',
    run,
    '--port',
    '0',
    '--host',
    'localhost',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  try {
    const url = await waitForAddress(child);
    await waitForRuns(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function waitForAddress(child: ChildProcess): Promise<string> {
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const end = Date.now() + startMs;
  while (Date.now() < end) {
    const address = addressIn(output);
    if (address) return address;
    if (child.exitCode !== null)
      throw new Error(`[screens] TensorBoard ended with code ${child.exitCode}:\n${output}`);
    await sleep(100);
  }
  throw new Error(`[screens] TensorBoard was not ready after ${startMs / 1000} s:\n${output}`);
}

/** It listens before it has read any event. */
async function waitForRuns(url: string): Promise<void> {
  const end = Date.now() + loadMs;
  while (Date.now() < end) {
    const response = await fetch(new URL('data/runs', url));
    const runs = (await response.json()) as string[];
    if (runs.length > 0) return;
    await sleep(500);
  }
  throw new Error('[screens] TensorBoard finds no events; expected a run folder that a training has written');
}
