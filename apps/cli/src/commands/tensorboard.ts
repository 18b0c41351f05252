/** `kiln tensorboard`: starts TensorBoard on runs; brings one of its own when the machine has none. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { wholeNumber } from '../option-values.ts';
import { exists, shown } from '../run-folder.ts';
import { findTensorBoard } from '../tensorboard-program.ts';
import { examples, type AddCommand } from './command.ts';

/** TensorBoard keeps 10 images and 1,000 scalars a tag by default: too few to look back over a run. */
const samplesPerPlugin = 'images=200,scalars=5000,histograms=500,text=50';

export const addTensorBoard: AddCommand = (program, context, end) => {
  program
    .command('tensorboard')
    .summary('look at runs in TensorBoard')
    .description(
      'Starts TensorBoard on a run or a folder of runs. Without a `tensorboard` on this machine, one is installed into .kiln with pip (once).',
    )
    .argument('[folder]', 'a run or a folder of runs', 'runs')
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 takes any')
        .argParser(wholeNumber(0, 65_535))
        .default(6006),
    )
    .option('--host <name>', 'address to listen on', 'localhost')
    .addHelpText('after', examples('kiln tensorboard runs/digits-dcgan-000', 'kiln tensorboard --port 0'))
    .action(async (folder: string, { port, host }: { port: number; host: string }) => {
      const { cwd, terminal, env } = context;
      const logs = resolve(cwd, folder);
      if (!(await exists(logs)))
        throw new CliError(
          'usage',
          `${shown(cwd, logs)} does not exist; name a run, such as runs/digits-dcgan-000`,
        );
      const program = await findTensorBoard(context);
      const args = [
        '--logdir',
        logs,
        '--port',
        String(port),
        '--host',
        host,
        '--samples_per_plugin',
        samplesPerPlugin,
      ];
      terminal.note(`${program} ${args.join(' ')}`);
      const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
      // A terminal's Ctrl-C reaches it as well; another sender's does not.
      const stop = () => child.kill('SIGTERM');
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, stop);
      const isStopped = signal === 'SIGTERM' || signal === 'SIGINT';
      end(isStopped ? 0 : (code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
};
