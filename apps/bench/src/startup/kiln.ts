/** One run of `kiln train smoke`, from the command to the end of its first step. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const kiln = join(import.meta.dirname, '../../../cli/bin/kiln.mjs');

interface Line {
  readonly time: string;
  readonly source: string;
  readonly message: string;
  readonly fields?: Readonly<Record<'loadMs' | 'stepMs' | 'traceMs' | 'dataWaitMs', number>>;
}

/** In seconds. */
export interface Start {
  /** All of it. */
  readonly whole: number;
  /** Of rank 0: loading TensorFlow's library, and what TensorFlow did in the first step. */
  readonly inTensorFlow: number;
}

export async function startKiln(workers: number): Promise<Start> {
  const folder = await mkdtemp(join(tmpdir(), 'kiln-bench-'));
  try {
    const run = join(folder, 'run');
    const began = Date.now();
    const args = [kiln, 'train', 'smoke', '--workers', String(workers), '--steps', '2', '--run', run];
    await promisify(execFile)(process.execPath, args);
    const lines = (await readFile(join(run, 'log.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const training = lines.find(({ source, message }) => source === 'rank 0' && message === 'training')!;
    const { loadMs, stepMs, traceMs, dataWaitMs } = training.fields!;
    return {
      whole: (Date.parse(training.time) - began) / 1000,
      inTensorFlow: (loadMs + stepMs - traceMs - dataWaitMs) / 1000,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
