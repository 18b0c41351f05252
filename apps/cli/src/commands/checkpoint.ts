/** `kiln checkpoint verify|list|hash <run>`: reads checkpoints, changes nothing. */
import { join, resolve } from 'node:path';
import { exitCodes } from '@kiln/control';
import {
  hashState,
  listCheckpoints,
  newestValid,
  tensorRecords,
  verifyCheckpoint,
  type CheckpointEntry,
} from '@kiln/checkpoints';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { exists, shown } from '../run-folder.ts';
import { table } from '../table.ts';
import { formatBytes } from '../quantities.ts';
import { examples, type AddCommand } from './command.ts';

export const addCheckpoint: AddCommand = (program, context, end) => {
  const group = program
    .command('checkpoint')
    .summary('look at checkpoints')
    .description('Lists, verifies and hashes the checkpoints of a run; changes nothing.');

  subcommand(group, 'verify', 'read every byte of every checkpoint and compare all hashes')
    .addHelpText('after', examples('kiln checkpoint verify runs/digits-dcgan-000'))
    .action(async (run: string, options: { json?: boolean }) => {
      end(await verify(context, await checkpointsOf(context, run), options.json ?? false));
    });

  subcommand(group, 'list', 'list checkpoints by their manifests')
    .addHelpText(
      'after',
      examples(
        'kiln checkpoint list runs/digits-dcgan-000',
        'kiln checkpoint list runs/digits-dcgan-000 --json',
      ),
    )
    .action(async (run: string, options: { json?: boolean }) => {
      const entries = (await listCheckpoints(await checkpointsOf(context, run))).map(describe);
      context.terminal.print(options.json ? JSON.stringify(entries, null, 2) : listText(entries));
    });

  subcommand(
    group,
    'hash',
    'SHA-256 of the whole state in the newest sound checkpoint, whatever the number of shards',
  )
    .addHelpText('after', examples('kiln checkpoint hash runs/digits-dcgan-000'))
    .action(async (run: string, options: { json?: boolean }) => {
      const root = await checkpointsOf(context, run);
      const newest = await newestValid(root, ({ problems }) => {
        for (const { message } of problems) context.terminal.note(`passed over: ${message}`);
      });
      if (!newest)
        throw new CliError(
          'checkpoint',
          `${root} holds no sound checkpoint; see \`kiln checkpoint verify ${run}\``,
        );
      const hash = await hashState(newest.path);
      const { step, path } = newest;
      context.terminal.print(options.json ? JSON.stringify({ step, path, hash }) : hash);
    });
};

const subcommand = (group: Command, name: string, description: string): Command =>
  group
    .command(name)
    .description(`${description[0]?.toUpperCase()}${description.slice(1)}.`)
    .summary(description)
    .argument('<run>', 'folder of the run')
    .option('--json', 'print JSON');

async function checkpointsOf({ cwd }: Context, run: string): Promise<string> {
  const folder = resolve(cwd, run);
  if (!(await exists(folder)))
    throw new CliError(
      'usage',
      `${shown(cwd, folder)} does not exist; name the folder of a run, such as runs/digits-dcgan-000`,
    );
  return join(folder, 'checkpoints');
}

async function verify({ terminal }: Context, root: string, json: boolean): Promise<number> {
  const results = [];
  for (const { step, path } of await listCheckpoints(root)) {
    const { problems } = await verifyCheckpoint(path);
    results.push({
      step,
      path,
      sound: problems.length === 0,
      problems: problems.map(({ code, file, reason }) => ({ code, file, reason })),
    });
    if (json) continue;
    if (problems.length === 0) terminal.print(`step ${step}  ${terminal.style('green', 'sound')}`);
    for (const { message } of problems)
      terminal.print(`step ${step}  ${terminal.style('red', 'damaged')}  ${message}`);
  }
  if (json) terminal.print(JSON.stringify(results, null, 2));
  if (results.length === 0) throw new CliError('checkpoint', `${root} holds no checkpoint`);
  return results.every(({ sound }) => sound) ? exitCodes.ok : exitCodes.checkpoint;
}

function describe({ step, path, manifest, problem }: CheckpointEntry) {
  const shards = manifest?.shards ?? [];
  return {
    step,
    path,
    permanent: manifest?.permanent ?? false,
    createdAt: manifest?.createdAt ?? null,
    numShards: shards.length,
    numTensors: manifest ? tensorRecords(manifest).length : 0,
    bytes: shards.reduce((sum, { bytes }) => sum + bytes, 0),
    meta: manifest?.meta ?? null,
    problem: problem?.message ?? null,
  };
}

function listText(entries: readonly ReturnType<typeof describe>[]): string {
  if (entries.length === 0) return 'no checkpoints';
  const sound = entries.filter(({ problem }) => problem === null);
  const rows = sound.map(({ step, createdAt, numTensors, numShards, bytes, permanent }) => [
    `step ${step}`,
    createdAt ?? '',
    `${numTensors} tensors`,
    `${numShards} shards`,
    formatBytes(bytes),
    permanent ? 'permanent' : '',
  ]);
  const problems = entries
    .filter(({ problem }) => problem !== null)
    .map(({ step, problem }) => `step ${step}  ${problem}`);
  return [...(rows.length > 0 ? [table(rows)] : []), ...problems].join('\n');
}
