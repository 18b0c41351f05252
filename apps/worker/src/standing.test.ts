/** A worker whose evaluation is slow, under a real coordinator that soon takes silence for a loss. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ControlClient, readControlFile } from '@kiln/control';
import { compile, StateCell } from '@kiln/engine';
import type { FeatureExtractor } from '@kiln/metrics';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { resolveConfig } from './resolve-config.ts';
import { ownCache } from './testing/own-cache.ts';
import { train } from './train.ts';

const silenceSeconds = 2;
/** Of the samples, which come in a batch of a size of their own. */
const num = 10;

/** Two means as features. Tracing it for the samples holds the event loop, running it does not; both take too long. */
function slowExtractor(): FeatureExtractor {
  const slow = compile('slow', (_: {}, images: tf.Tensor) => {
    const end = performance.now() + 2000 * silenceSeconds;
    while (images.shape[0] === num && performance.now() < end);
    return { state: {}, outputs: tf.stack([tf.mean(images, [1, 2, 3]), tf.max(images, [1, 2, 3])], 1) };
  });
  return {
    name: 'slow',
    dims: 2,
    classes: 0,
    resize: 'none',
    weights: 'none',
    extract: async (images) => {
      const output = await slow.run(new StateCell({}), images);
      if (images.shape[0] === num) await pause(1500 * silenceSeconds);
      return { features: (await output.data()) as Float32Array, logits: new Float32Array() };
    },
    dispose: () => slow.dispose(),
  };
}

vi.mock('@kiln/metrics', async (original) => ({
  ...(await original<object>()),
  digitsExtractor: async () => slowExtractor(),
}));

const folder = ownCache();

test('a worker that evaluates slowly, or first has to compile what does, is not lost', async () => {
  const run = join(folder(), 'run');
  const config = await resolveConfig('digits-dcgan', {
    workers: 1,
    batch: 16,
    steps: 2,
    evaluateEvery: 0.016,
    evaluateNum: num,
    set: ['width=8'],
  });
  const program = fileURLToPath(new URL('../../coordinator/src/main.ts', import.meta.url));
  const options = [
    '--run',
    run,
    '--workers',
    '1',
    '--config',
    '-',
    '--heartbeat-timeout',
    `${silenceSeconds}`,
  ];
  const coordinator = spawn(process.execPath, ['--conditions=@kiln/source', program, ...options], {
    timeout: 100_000,
    killSignal: 'SIGKILL',
  });
  const [ended, words] = [once(coordinator, 'exit'), text(coordinator.stderr)];
  coordinator.stdin.end(JSON.stringify(config));
  const [line] = (await once(createInterface(coordinator.stdout), 'line')) as [string];
  const { token } = await readControlFile(join(run, 'control.json'));
  const client = await ControlClient.connect((JSON.parse(line) as { address: string }).address, token);
  try {
    const assignment = await client.join({ device: 'cpu' });
    const outcome = await train({ client, assignment, threads: 1, device: 'cpu', loadMs: 0 });
    await client.leave({ outcome });
  } finally {
    client.close();
  }
  expect([(await ended)[0], await words]).toEqual([0, '']);
  const lines = (await readFile(join(run, 'evaluations.jsonl'), 'utf8')).trim().split('\n');
  expect(lines.map((each) => (JSON.parse(each) as { step: number }).step)).toEqual([1, 2]);
}, 120_000);
