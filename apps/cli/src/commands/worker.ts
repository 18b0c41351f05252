/** `kiln worker`: one worker of a run whose coordinator was started by hand. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { controlFilePath, readControlFile, RunObserver, type ControlFile } from '@kiln/control';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { onStopSignals } from '../launch/stop-signals.ts';
import { threadsPerWorker, workerArguments } from '../launch/worker-child.ts';
import { oneDevice, wholeNumber } from '../option-values.ts';
import { workerEnvironment } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { maxWorkers } from './train-options.ts';

interface WorkerOptions {
  readonly run?: string;
  readonly coordinator?: string;
  readonly tokenFile?: string;
  readonly device: string;
  readonly threads?: number;
  readonly rank?: number;
  readonly hostId?: string;
  readonly dataAddress?: string;
  readonly plainData?: boolean;
}

export const addWorker: AddCommand = (program, context, end) => {
  program
    .command('worker')
    .summary('start one worker of a run')
    .description(
      'Starts one worker of a run whose coordinator listens already. With --run, address and token are taken from the run folder. ' +
        'Ctrl-C stops the whole run in order.',
    )
    .option('--run <folder>', 'folder of the run')
    .option('--coordinator <address>', 'unix:/path or host:port; with --token-file')
    .option('--token-file <file>', "the run's control.json")
    .addOption(
      new Option('--device <name>', 'what to compute on: cpu, or gpu:N for one GPU of this machine')
        .argParser(oneDevice)
        .default('cpu'),
    )
    .addOption(
      new Option('--threads <n>', 'threads for one operation (default: all cores)').argParser(
        wholeNumber(1, 4096),
      ),
    )
    .addOption(
      new Option('--rank <n>', 'the seat to take (default: any free one)').argParser(
        wholeNumber(0, maxWorkers - 1),
      ),
    )
    .option(
      '--data-address <address>',
      'address of this host that workers on other hosts send tensors to (default: none, shared memory only)',
    )
    .option('--plain-data', 'do not encrypt tensors on their way, for all workers of the run alike')
    .option('--host-id <text>', 'say that this worker is on another host than it is, for tests')
    .addHelpText(
      'after',
      examples(
        'kiln worker --run runs/by-hand',
        'kiln worker --run runs/by-hand --data-address 10.0.0.5',
        'kiln worker --coordinator 127.0.0.1:7431 --token-file runs/by-hand/control.json --rank 1 --threads 2',
      ),
    )
    .action(async (options: WorkerOptions) => {
      const { tokenFile, control } = await findCoordinator(context, options);
      const address = options.coordinator ?? control.address;
      end(await runWorker(context, { ...options, address, tokenFile }, control));
    });
};

async function findCoordinator(
  { cwd }: Context,
  { run, coordinator, tokenFile }: WorkerOptions,
): Promise<{ tokenFile: string; control: ControlFile }> {
  if (run === undefined && (coordinator === undefined || tokenFile === undefined)) {
    throw new CliError(
      'usage',
      'name the run with --run <folder>, or its coordinator with --coordinator <address> and --token-file <file>',
    );
  }
  const file = resolve(cwd, tokenFile ?? controlFilePath(resolve(cwd, run ?? '')));
  return { tokenFile: file, control: await readControlFile(file) };
}

type Request = WorkerOptions & { readonly address: string; readonly tokenFile: string };

async function runWorker(
  context: Context,
  { device, threads, ...request }: Request,
  { token, tls }: ControlFile,
): Promise<number> {
  const { cwd, env, programs, terminal } = context;
  const { address } = request;
  const args = workerArguments(programs.worker, {
    ...request,
    device,
    threads: threads ?? threadsPerWorker(1),
  });
  const child = spawn(process.execPath, args, {
    cwd,
    env: workerEnvironment(env),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const undoSignals = onStopSignals({
    first(signal) {
      terminal.note(
        'stopping the run after this step and saving a checkpoint; Ctrl-C again ends this worker at once',
      );
      void stopRun(address, { token, tls }, signal).catch((error: Error) => terminal.note(error.message));
    },
    second: () => child.kill('SIGKILL'),
  });
  const [code, signal] = (await once(child, 'exit').finally(undoSignals)) as [
    number | null,
    NodeJS.Signals | null,
  ];
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

async function stopRun(
  address: string,
  { token, tls }: Pick<ControlFile, 'token' | 'tls'>,
  signal: string,
): Promise<void> {
  const observer = await RunObserver.connect(address, token, { tls });
  await observer.stop({ reason: `${signal} to a worker` }).finally(() => observer.close());
}
