/** `kiln coordinator`: a run whose workers are started by hand, with `kiln worker`. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { launchRun } from '../launch/launch-run.ts';
import { positiveNumber } from '../option-values.ts';
import { readRunConfig, resumedConfig } from '../run-config.ts';
import { makeRunFolder, shown, useRunFolder } from '../run-folder.ts';
import { examples, type AddCommand } from './command.ts';
import { planText, reportEnd } from './run-report.ts';
import { addTrainOptions, resolveConfig, type TrainOptions } from './train-options.ts';

interface CoordinatorOptions extends TrainOptions {
  readonly run?: string;
  readonly resume?: string;
  readonly listen: string;
  readonly transport: string;
  readonly joinTimeout?: number;
}

/** What a resumed run may change. */
const resumable = new Set(['workers', 'kimg', 'steps', 'resume', 'listen', 'transport', 'joinTimeout']);

export const addCoordinator: AddCommand = (program, context, end) => {
  const command = program
    .command('coordinator')
    .summary('start only the coordinator of a run')
    .description(
      'Starts the coordinator of a run and waits for workers that are started by hand with `kiln worker`.',
    )
    .argument('[recipe]', 'what to train; not with --resume');
  addTrainOptions(command)
    .option('--run <folder>', 'where everything is written (default: runs/<recipe>-<NNN>)')
    .option('--resume <run>', 'go on with this run instead of starting one')
    .option(
      '--listen <address>',
      '`unix` (a socket in the run folder), unix:/absolute/path, or host:port, beyond loopback with TLS',
      'unix',
    )
    .addOption(
      new Option(
        '--transport <name>',
        'what carries tensors between the workers; auto is shared memory when all are on one host',
      )
        .choices(['auto', 'shared-memory', 'zeromq'])
        .default('auto'),
    )
    .addOption(
      new Option('--join-timeout <seconds>', 'how long to wait for the workers').argParser(positiveNumber),
    )
    .addHelpText(
      'after',
      examples(
        'kiln coordinator digits-dcgan --workers 2 --listen 127.0.0.1:7431 --run runs/by-hand',
        'kiln worker --run runs/by-hand      # twice, in other terminals',
        'kiln coordinator --resume runs/by-hand --workers 1',
      ),
    )
    .action(async (recipe: string | undefined, options: CoordinatorOptions) => {
      const { cwd, terminal } = context;
      const { listen, transport, joinTimeout, resume } = options;
      if ((recipe === undefined) === (resume === undefined))
        throw new CliError('usage', 'name either a recipe to train or --resume <run>');
      const config =
        recipe === undefined ? await resumed(cwd, options) : await resolveConfig(context, recipe, options);
      const runFolder = await folderOf(cwd, recipe, options);
      terminal.print(`${planText(config, shown(cwd, runFolder))}\n`);
      const launch = {
        runFolder,
        config,
        resume: resume !== undefined,
        listen,
        transport,
        joinTimeoutSeconds: joinTimeout,
        workersByHand: true,
      };
      end(await reportEnd(context, runFolder, await launchRun(context, launch)));
    });
};

async function resumed(cwd: string, options: CoordinatorOptions) {
  const fixed = Object.keys(options).find((key) => !resumable.has(key));
  if (fixed !== undefined) {
    const flag = fixed.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new CliError('usage', `--${flag} cannot change when a run goes on; leave it out, or train anew`);
  }
  return resumedConfig(await readRunConfig(resolve(cwd, options.resume ?? '')), options);
}

async function folderOf(
  cwd: string,
  recipe: string | undefined,
  { run, resume }: CoordinatorOptions,
): Promise<string> {
  if (recipe === undefined) return resolve(cwd, resume ?? '');
  return run === undefined ? makeRunFolder(cwd, recipe) : useRunFolder(cwd, run);
}
