/** `kiln train <recipe>`: resolve, then coordinator and workers, then say where everything is. */
import { join, resolve } from 'node:path';
import { launchRun } from '../launch/launch-run.ts';
import { makeRunFolder, nextRunFolder, shown, useRunFolder } from '../run-folder.ts';
import { examples, type AddCommand } from './command.ts';
import { planText, reportEnd } from './run-report.ts';
import { addTrainOptions, resolveConfig, type TrainOptions } from './train-options.ts';

export const addTrain: AddCommand = (program, context, end) => {
  const command = program
    .command('train')
    .summary('train a recipe')
    .description(
      'Trains a recipe on this machine: one coordinator and several worker processes, which share each batch.',
    )
    .argument('<recipe>', 'what to train; `kiln recipes` lists them');
  addTrainOptions(command)
    .option('--run <folder>', 'where everything is written (default: runs/<recipe>-<NNN>)')
    .option('--dry-run', 'show the resolved configuration and the plan, and start nothing')
    .addHelpText(
      'after',
      examples(
        'kiln train digits-dcgan',
        'kiln train smoke --workers 1 --steps 20 --run runs/first',
        'kiln train digits-cgan --kimg 200 --seed 7 --checkpoint-steps 500',
        'kiln train digits-dcgan --set learningRate=0.0001 --dry-run',
      ),
    )
    .action(async (recipe: string, options: TrainOptions & { run?: string; dryRun?: boolean }) => {
      const { terminal, cwd } = context;
      const config = await resolveConfig(context, recipe, options, { dryRun: options.dryRun === true });
      if (options.dryRun) {
        const folder =
          options.run === undefined ? await nextRunFolder(cwd, recipe) : resolve(cwd, options.run);
        terminal.print(JSON.stringify(config, null, 2));
        terminal.note(`\n${planText(config, shown(cwd, folder))}\nnothing was started`);
        return;
      }
      const runFolder =
        options.run === undefined ? await makeRunFolder(cwd, recipe) : await useRunFolder(cwd, options.run);
      terminal.print(
        `${planText(config, shown(cwd, runFolder))}\nconfiguration in ${shown(cwd, join(runFolder, 'config.json'))}\n`,
      );
      end(
        await reportEnd(context, runFolder, await launchRun(context, { runFolder, config, resume: false })),
      );
    });
};
