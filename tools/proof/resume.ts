/** A killed run resumes bit for bit: 200 steps in one go against kill -9 of everything and resume, once and twice. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, equal, type Claim } from './claim.ts';
import { kiln, readJson, root, run, scratchFolder } from './kiln.ts';

const recipe = 'digits-cgan';
const length = ['--steps', '200', '--checkpoint-steps', '50'];

export async function resume(): Promise<Claim[]> {
  const folder = await scratchFolder();
  try {
    const whole = join(folder, 'whole');
    await kiln('train', recipe, ...length, '--run', whole);
    const expected = await hashOf(whole);

    const once = join(folder, 'once');
    await killAt(['train', recipe, ...length, '--run', once], once, 100);
    await kiln('resume', once);

    const twice = join(folder, 'twice');
    await killAt(['train', recipe, ...length, '--run', twice], twice, 50);
    await killAt(['resume', twice], twice, 150);
    await kiln('resume', twice);

    const resized = join(folder, 'resized');
    await kiln('train', recipe, '--steps', '60', '--run', resized);
    await kiln('resume', resized, '--workers', '1', '--steps', '120');
    await kiln('resume', resized, '--workers', '2', '--steps', '200');
    return [
      equal('state after kill -9 and resume', await hashOf(once), expected),
      equal('state after two kills and resumes', await hashOf(twice), expected),
      equal('next sample after 2 -> 1 -> 2 workers', await cursorOf(resized), await cursorOf(whole)),
      atMost('last losses after 2 -> 1 -> 2 workers, relative', await lossDifference(whole, resized), 0.05),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hashOf(runFolder: string): Promise<string> {
  return (JSON.parse(await kiln('checkpoint', 'hash', runFolder, '--json')) as { hash: string }).hash;
}

async function cursorOf(runFolder: string): Promise<string> {
  const manifest = await readJson<{ meta: { cursor: number } }>(
    join(runFolder, 'checkpoints', 'step-00000200', 'manifest.json'),
  );
  return String(manifest.meta.cursor);
}

async function lossDifference(a: string, b: string): Promise<number> {
  const [first, second] = await Promise.all([lastTick(a), lastTick(b)]);
  return Math.max(
    ...Object.keys(first)
      .filter((name) => name.startsWith('loss/'))
      .map((name) => Math.abs(second[name]! - first[name]!) / Math.abs(first[name]!)),
  );
}

async function lastTick(runFolder: string): Promise<Record<string, number>> {
  const { output } = await run('tail', ['-n', '1', join(runFolder, 'metrics.jsonl')]);
  return JSON.parse(output) as Record<string, number>;
}

interface Status {
  readonly coordinatorPid: number;
  readonly workers: readonly { readonly pid: number }[];
}

/** Runs `kiln ...args` until the checkpoint of `step` is there, then kills every process of the run without warning. */
async function killAt(args: string[], runFolder: string, step: number): Promise<void> {
  const { spawn } = await import('node:child_process');
  const launcher = spawn(process.execPath, [join(root, 'apps/cli/bin/kiln.mjs'), ...args], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => launcher.once('close', resolve));
  const checkpoint = join(runFolder, 'checkpoints', `step-${String(step).padStart(8, '0')}`);
  while (!existsSync(checkpoint)) {
    if (launcher.exitCode !== null) throw new Error(`kiln ${args.join(' ')} ended before step ${step}`);
    await sleep(10);
  }
  const { coordinatorPid, workers } = await readJson<Status>(join(runFolder, 'status.json'));
  for (const pid of [...workers.map((worker) => worker.pid), coordinatorPid, launcher.pid!])
    process.kill(pid, 'SIGKILL');
  await ended;
}
