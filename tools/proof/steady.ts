/** A worker stays alive and small: heartbeats within 100 ms during steps, memory flat over 1,000 steps. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost, type Claim } from './claim.ts';
import { kiln, readJson, scratchFolder } from './kiln.ts';

interface Status {
  readonly workers: readonly {
    readonly rank: number;
    readonly trainingLateness: { readonly p99Ms: number };
  }[];
}

export async function steady(): Promise<Claim[]> {
  const folder = scratchFolder();
  try {
    const run = join(folder, 'run');
    // Node frees its heap when it must; a small one shows growth instead of garbage.
    process.env['NODE_OPTIONS'] = '--max-semi-space-size=2 --max-old-space-size=96';
    await kiln('train', 'digits-dcgan', '--steps', '2500', '--run', run);
    const { workers } = await readJson<Status>(join(run, 'status.json'));
    const ticks = (await readFile(join(run, 'metrics.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { step: number; memoryBytes: number });
    const memory = ticks.filter(({ step }) => step >= 1200).map(({ memoryBytes }) => memoryBytes);
    return [
      ...workers.map(({ rank, trainingLateness }) =>
        atMost(
          `rank ${rank}: lateness of a heartbeat during training, p99 in ms`,
          trainingLateness.p99Ms,
          100,
        ),
      ),
      atMost(
        'growth of resident memory over the last 1,250 steps, MB',
        (memory.at(-1)! - memory[0]!) / 1e6,
        12,
      ),
    ];
  } finally {
    delete process.env['NODE_OPTIONS'];
  }
}
