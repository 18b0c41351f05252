/** `kiln resume <run>`: goes on from the newest checkpoint whose every byte is sound. */
import { resolve } from 'node:path';
import { launchRun } from '../launch/launch-run.ts';
import { readRunConfig, resumedConfig, type ResumeOptions } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { examples, type AddCommand } from './command.ts';
import { planText, reportEnd } from './run-report.ts';
import {
  lengthOptions,
  profileOptions,
  profileStepsOf,
  workersOption,
  type TrainOptions,
} from './train-options.ts';

type Options = Omit<ResumeOptions, 'profileSteps'> & Pick<TrainOptions, 'profile' | 'profileSteps'>;

export const addResume: AddCommand = (program, context, end) => {
  const command = program
    .command('resume')
    .summary('go on with a run')
    .description(
      'Goes on from the newest sound checkpoint of a run. A damaged one is named, passed over and left as it is. ' +
        'The number of workers may change: the numbers do not.',
    )
    .argument('<run>', 'folder of the run');
  for (const option of [workersOption(), ...lengthOptions(), ...profileOptions()]) command.addOption(option);
  command
    .addHelpText(
      'after',
      examples(
        'kiln resume runs/digits-dcgan-000',
        'kiln resume runs/digits-dcgan-000 --steps 4000',
        'kiln resume runs/digits-dcgan-000 --workers 1',
      ),
    )
    .action(async (run: string, options: Options) => {
      const runFolder = resolve(context.cwd, run);
      const config = resumedConfig(await readRunConfig(runFolder), {
        ...options,
        profileSteps: profileStepsOf(options),
      });
      context.terminal.print(`${planText(config, shown(context.cwd, runFolder))}\n`);
      end(await reportEnd(context, runFolder, await launchRun(context, { runFolder, config, resume: true })));
    });
};
