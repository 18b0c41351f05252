/** A killed run resumes bit for bit: 200 steps in one go against kill -9 of everything and resume, once and twice. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, atMost, equal, type Claim } from './claim.ts';
import { kiln, readJson, root, run, scratchFolder } from './kiln.ts';

const recipe = 'digits-cgan';
const length = ['--steps', '200', '--checkpoint-steps', '50'];
/** Checkpoints at 50, 100 and 150 steps lie in the fade from the first side to the next, which begins with step 32. */
const growing = ['--batch', '32', '--set', 'holdKimg=1', '--set', 'fadeKimg=6', '--set', 'featureMax=16'];
/** Every lazy phase, and the rule that moves the chance of augmentation, between two checkpoints. */
const sizes = ['latent=8', 'features=8', 'mappingLayers=2', 'featureMax=8', 'augmentStart=0.3'];
const augmented = ['stylegan2-digits', ...sizes.flatMap((setting) => ['--set', setting])];

export async function resume(): Promise<Claim[]> {
  const folder = scratchFolder();
  const [expected, once, twice] = await killedAndWhole(join(folder, 'digits'), [recipe]);
  const fades: Claim[] = [];
  // The second has its average w as further state.
  for (const name of ['progan-digits', 'stylegan-digits']) {
    const [grown, grownOnce, grownTwice] = await killedAndWhole(join(folder, name), [name, ...growing]);
    fades.push(
      equal(`${name}: state after kill -9 and resume in the middle of a fade`, grownOnce, grown),
      equal(`${name}: state after two kills and resumes in the middle of a fade`, grownTwice, grown),
    );
  }
  const [style, styleOnce, styleTwice] = await killedAndWhole(join(folder, 'augmented'), augmented);
  const saving = await killedWhileSaving(join(folder, 'saving'));
  const same = await oneStepEach(join(folder, 'same'), ['2', '2']);
  const resized = await oneStepEach(join(folder, 'resized'), ['1', '2']);
  return [
    equal('state after kill -9 and resume', once, expected),
    equal('state after two kills and resumes', twice, expected),
    atLeast('unfinished saves that a kill -9 left', saving.left, 1),
    equal('state after kill -9 during a save, and resume', saving.hash, expected),
    ...fades,
    equal('state after kill -9 and resume with augmentation and path lengths', styleOnce, style),
    equal('state after two kills and resumes with augmentation and path lengths', styleTwice, style),
    equal('next sample after 2 -> 1 -> 2 workers', resized.cursor, same.cursor),
    ...same.losses.map((losses, index) =>
      atMost(
        `losses of the ${index === 0 ? 'first' : 'second'} step of 2 -> 1 -> 2 workers, against 2 -> 2 -> 2, relative`,
        largestDifference(losses, resized.losses[index]!),
        1e-3,
      ),
    ),
  ];
}

/** Hashes of the state after 200 steps: in one go, killed once and killed twice. */
async function killedAndWhole(folder: string, what: string[]): Promise<[string, string, string]> {
  const [whole, once, twice] = ['whole', 'once', 'twice'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await kiln('train', ...what, ...length, '--run', whole);
  await killAt(['train', ...what, ...length, '--run', once], once, 100);
  await kiln('resume', once);
  await killAt(['train', ...what, ...length, '--run', twice], twice, 50);
  await killAt(['resume', twice], twice, 150);
  await kiln('resume', twice);
  return [await hashOf(whole), await hashOf(once), await hashOf(twice)];
}

/** The same 200 steps, saved after every one, with every process killed while a checkpoint is being written. */
async function killedWhileSaving(runFolder: string): Promise<{ left: number; hash: string }> {
  const every = ['--steps', '200', '--checkpoint-steps', '1'];
  const checkpoints = join(runFolder, 'checkpoints');
  const named = (pattern: RegExp): string[] =>
    existsSync(checkpoints) ? readdirSync(checkpoints).filter((name) => pattern.test(name)) : [];
  let left = 0;
  // The last processes to be killed may still finish the save that was seen; then the next one is tried.
  for (let begun = 40; left === 0 && begun < 160; begun += 20) {
    const args = begun === 40 ? ['train', recipe, ...every, '--run', runFolder] : ['resume', runFolder];
    await killWhen(args, runFolder, () => {
      const [saved = ''] = named(/^step-\d+$/);
      return saved >= `step-${String(begun).padStart(8, '0')}` && named(/\.tmp-/).length > 0;
    });
    left = named(/\.tmp-/).length;
  }
  await kiln('resume', runFolder);
  return { left, hash: await hashOf(runFolder) };
}

async function hashOf(runFolder: string): Promise<string> {
  return (JSON.parse(await kiln('checkpoint', 'hash', runFolder, '--json')) as { hash: string }).hash;
}

interface Steps {
  readonly losses: readonly Record<string, number>[];
  /** Next global sample position. */
  readonly cursor: string;
}

/** Trains 60 steps with two workers, then one step after another, resumed with as many workers as asked. */
async function oneStepEach(runFolder: string, workers: readonly string[]): Promise<Steps> {
  await kiln('train', recipe, '--steps', '60', '--run', runFolder);
  const losses: Record<string, number>[] = [];
  let step = 60;
  for (const count of workers) {
    step += 1;
    await kiln('resume', runFolder, '--workers', count, '--steps', String(step));
    losses.push(await lastTick(runFolder));
  }
  const folder = join(runFolder, 'checkpoints', `step-${String(step).padStart(8, '0')}`);
  const { meta } = await readJson<{ meta: { cursor: number } }>(join(folder, 'manifest.json'));
  return { losses, cursor: String(meta.cursor) };
}

const largestDifference = (a: Record<string, number>, b: Record<string, number>): number =>
  Math.max(
    ...Object.keys(a)
      .filter((name) => name.startsWith('loss/'))
      .map((name) => Math.abs(b[name]! - a[name]!) / Math.abs(a[name]!)),
  );

async function lastTick(runFolder: string): Promise<Record<string, number>> {
  const { output } = await run('tail', ['-n', '1', join(runFolder, 'metrics.jsonl')]);
  return JSON.parse(output) as Record<string, number>;
}

interface Status {
  readonly coordinatorPid: number;
  readonly workers: readonly { readonly pid: number }[];
}

/** Runs `kiln ...args` until the checkpoint of `step` is there, then kills every process of the run without warning. */
function killAt(args: string[], runFolder: string, step: number): Promise<void> {
  const checkpoint = join(runFolder, 'checkpoints', `step-${String(step).padStart(8, '0')}`);
  return killWhen(args, runFolder, () => existsSync(checkpoint));
}

async function killWhen(args: string[], runFolder: string, isTime: () => boolean): Promise<void> {
  const launcher = spawn(process.execPath, [join(root, 'apps/cli/bin/kiln.mjs'), ...args], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => launcher.once('close', resolve));
  while (!isTime()) {
    if (launcher.exitCode !== null)
      throw new Error(`kiln ${args.join(' ')} ended before it was to be killed`);
    await sleep(1);
  }
  const { coordinatorPid, workers } = await readJson<Status>(join(runFolder, 'status.json'));
  for (const pid of [...workers.map((worker) => worker.pid), coordinatorPid, launcher.pid!])
    process.kill(pid, 'SIGKILL');
  await ended;
}
