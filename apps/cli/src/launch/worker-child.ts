/** Starts the worker processes of a run on this machine. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { controlFilePath, type Failure } from '@kiln/control';
import type { Context } from '../context.ts';
import { nodeArguments } from '../programs.ts';
import { workerEnvironment } from '../worker-process.ts';
import { Child, endingText } from './child.ts';
import { exitNameOf } from './coordinator-child.ts';

export interface WorkerRequest {
  /** The coordinator's; `-`: it will be told on standard input. */
  readonly address: string;
  /** Holds the token: the run's control.json. */
  readonly tokenFile: string;
  readonly device: string;
  readonly threads: number;
  readonly rank?: number | undefined;
  /** How other hosts reach it, for workers started by hand. */
  readonly hostId?: string | undefined;
  readonly dataAddress?: string | undefined;
  readonly plainData?: boolean | undefined;
}

/** Threads for one operation, when `workers` processes share this machine's cores. */
export const threadsPerWorker = (workers: number, cores = availableParallelism()): number =>
  Math.max(1, Math.floor(cores / workers));

/**
 * Loaded before a worker's own code: Ctrl-C reaches every process of the terminal, but it is the launcher that has the run
 * stopped in order.
 */
const ignoreInterrupts = "data:text/javascript,process.on('SIGINT', () => {})";

/** Arguments of Node for a worker that trains. */
export function workerArguments(
  program: string,
  { address, tokenFile, device, threads, rank, hostId, dataAddress, plainData }: WorkerRequest,
): string[] {
  const args = ['--import', ignoreInterrupts, ...nodeArguments(program), 'train'];
  args.push(
    '--coordinator',
    address,
    '--token-file',
    tokenFile,
    '--device',
    device,
    '--threads',
    String(threads),
  );
  if (rank !== undefined) args.push('--rank', String(rank));
  if (hostId !== undefined) args.push('--host-id', hostId);
  if (dataAddress !== undefined) args.push('--data-address', dataAddress);
  if (plainData === true) args.push('--plain-data');
  return args;
}

/** Workers of one machine take its GPUs in turn. */
export const deviceOf = (device: string, rank: number): string => (device === 'gpu' ? `gpu:${rank}` : device);

/** They load while the coordinator still starts; `address` is where it will listen, or empty if it has failed. */
export function startWorkers(
  context: Context,
  runFolder: string,
  address: Promise<string>,
  workers: number,
  device: string,
): Promise<Child[]> {
  const threads = threadsPerWorker(workers);
  const tokenFile = controlFilePath(runFolder);
  const start = (rank: number) =>
    Child.start({
      title: `worker ${rank}`,
      args: workerArguments(context.programs.worker, {
        address: '-',
        tokenFile,
        device: deviceOf(device, rank),
        threads,
        rank,
      }),
      cwd: context.cwd,
      env: workerEnvironment(context.env),
      logFile: join(runFolder, 'logs', `worker-${rank}.log`),
      input: address,
    });
  return Promise.all(Array.from({ length: workers }, (_, rank) => start(rank)));
}

/** What the coordinator is told of a worker that ended without having joined: it cannot see that itself. */
export async function failureOf(worker: Child): Promise<Failure> {
  const ending = await worker.ended;
  const name = exitNameOf(ending.code);
  const words = await worker.lastWords(1);
  const told =
    name === 'usage' || name === 'data' || name === 'checkpoint' || name === 'setup' || name === 'training';
  return {
    kind: told ? name : 'worker-lost',
    message: `${worker.title} (pid ${worker.pid}) ended with ${endingText(ending)} before it joined${words === '' ? '' : `: ${words}`}; see ${worker.logFile}`,
  };
}
