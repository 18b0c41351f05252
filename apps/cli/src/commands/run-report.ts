/** What is said before and after a run. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOutcome } from '@kiln/control';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { exitNameOf } from '../launch/coordinator-child.ts';
import type { LaunchResult } from '../launch/launch-run.ts';
import { threadsPerWorker } from '../launch/worker-child.ts';
import type { RunConfig } from '../run-config.ts';
import { exists, shown } from '../run-folder.ts';
import { table } from '../table.ts';
import { formatKimg, formatSeconds } from '../quantities.ts';

export function planText(
  {
    batch,
    workers,
    accumulate,
    steps,
    kimg,
    device,
    precision = 'float32',
    xla = false,
    seed,
    recipe,
    stages,
  }: RunConfig,
  folder: string,
): string {
  const threads = threadsPerWorker(workers);
  const perStep = stages[0]?.imagesPerStep ?? batch;
  return table([
    ['recipe', recipe],
    ['run folder', folder],
    [
      'processes',
      `1 coordinator, ${workers} ${workers === 1 ? 'worker' : 'workers'} on ${device} with ${threads} ${threads === 1 ? 'thread' : 'threads'} each`,
    ],
    [
      'batch',
      `${batch} images an update, ${batch / workers} on each worker${accumulate > 1 ? `, ${batch / workers / accumulate} at a time` : ''}${perStep > batch ? `; ${perStep} a step` : ''}`,
    ],
    ['length', `${steps} steps, ${formatKimg(kimg)} kimg`],
    ...stages
      .filter(({ name }) => name !== '')
      .map((stage, index) => [
        index === 0 ? 'stages' : '',
        `${stage.name} from ${formatKimg(stage.startKimg)} kimg, step ${stage.startStep}, batch ${stage.batch}`,
      ]),
    ['seed', String(seed)],
    ...(precision === 'float32' ? [] : [['precision', precision]]),
    ...(xla ? [['compiler', 'XLA']] : []),
  ]);
}

/** Says where everything is and how to look at it. Returns the exit code; a failed run is an error. */
export async function reportEnd(
  context: Context,
  runFolder: string,
  { outcome, seconds }: LaunchResult,
): Promise<number> {
  const { terminal, cwd } = context;
  const run = shown(cwd, runFolder);
  if (outcome.state === 'failed') throw await failure(outcome, runFolder, run);
  terminal.print(`${terminal.style('green', outcome.message)}, after ${formatSeconds(seconds)}`);
  const newest = await newestSample(join(runFolder, 'samples'));
  terminal.print(
    table([
      ['  samples', join(run, 'samples', newest), ''],
      ['  events', join(run, 'events'), `npx kiln tensorboard ${run}`],
      ['  checkpoints', join(run, 'checkpoints'), `npx kiln checkpoint list ${run}`],
      ...((await exists(join(runFolder, 'profile.json')))
        ? [['  profile', join(run, 'profile.json'), 'for chrome://tracing or https://ui.perfetto.dev']]
        : []),
      ['  more images', '', `npx kiln sample ${run} --seeds 0-63`],
      ...(outcome.state === 'stopped' ? [['  go on', '', `npx kiln resume ${run}`]] : []),
    ]),
  );
  return outcome.exitCode;
}

async function failure({ exitCode, message }: RunOutcome, runFolder: string, run: string): Promise<CliError> {
  const saved = (await exists(join(runFolder, 'checkpoints', 'LATEST')))
    ? `; go on from the last checkpoint with \`kiln resume ${run}\``
    : '';
  const logs = message.includes(join(runFolder, 'logs')) ? '' : `; logs are in ${join(run, 'logs')}`;
  return new CliError(exitNameOf(exitCode), `${message}${logs}${saved}`);
}

async function newestSample(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => []);
  return (
    files
      .filter((file) => /^fakes\d+\.png$/.test(file))
      .toSorted()
      .at(-1) ?? ''
  );
}
