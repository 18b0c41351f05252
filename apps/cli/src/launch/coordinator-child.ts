/** Starts the coordinator of a run and learns where it listens. */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCodes, type ExitName } from '@kiln/control';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { nodeArguments } from '../programs.ts';
import type { RunConfig } from '../run-config.ts';
import { Child, endingText } from './child.ts';

export interface CoordinatorRequest {
  readonly runFolder: string;
  readonly config: RunConfig;
  readonly resume: boolean;
  /** `unix`, `unix:/path` or `host:port`. */
  readonly listen: string;
  readonly transport?: string | undefined;
  readonly joinTimeoutSeconds?: number | undefined;
}

export interface RunningCoordinator {
  readonly child: Child;
  readonly address: string;
}

export async function startCoordinatorChild(
  context: Context,
  request: CoordinatorRequest,
): Promise<RunningCoordinator> {
  const { runFolder, config } = request;
  const child = await Child.start({
    title: 'coordinator',
    args: [...nodeArguments(context.programs.coordinator), ...coordinatorOptions(request)],
    cwd: context.cwd,
    env: context.env,
    logFile: join(runFolder, 'logs', 'coordinator.log'),
    input: JSON.stringify(config),
    pipeOutput: true,
  });
  const listening = Promise.withResolvers<string | undefined>();
  const lines = createInterface(child.output);
  lines.on('line', (line) => {
    const address = readAddress(line);
    if (address !== undefined) listening.resolve(address);
  });
  lines.on('close', () => listening.resolve(undefined));
  const address = await listening.promise;
  if (address !== undefined) return { child, address };

  const ending = await child.ended;
  const name = exitNameOf(ending.code);
  const words = await child.lastWords(name === 'internal' ? 10 : 1);
  throw new CliError(
    name,
    words === '' ? `the coordinator ended with ${endingText(ending)} before it listened` : words,
  );
}

function coordinatorOptions({
  runFolder,
  config,
  resume,
  listen,
  transport,
  joinTimeoutSeconds,
}: CoordinatorRequest): string[] {
  const options = [
    '--run',
    runFolder,
    '--workers',
    String(config.workers),
    '--config',
    '-',
    '--listen',
    listen,
    '--exit-with-parent',
  ];
  if (resume) options.push('--resume');
  if (transport !== undefined) options.push('--transport', transport);
  if (joinTimeoutSeconds !== undefined) options.push('--join-timeout', String(joinTimeoutSeconds));
  return options;
}

function readAddress(line: string): string | undefined {
  try {
    const { event, address } = JSON.parse(line) as { event?: unknown; address?: unknown };
    return event === 'listening' && typeof address === 'string' ? address : undefined;
  } catch {
    return undefined;
  }
}

/** The name of a process's exit code; codes that are not in the table are `internal`. */
export function exitNameOf(code: number | null): ExitName {
  const found = Object.entries(exitCodes).find(([, value]) => value === code);
  return found && code !== 0 ? (found[0] as ExitName) : 'internal';
}
