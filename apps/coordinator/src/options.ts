/** The command line of a coordinator process. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { ControlError, limits } from '@kiln/control';
import type { CoordinatorOptions } from './coordinator.ts';
import { transportChoices, type TransportChoice } from './data-plane.ts';
import type { RunConfig } from './run-settings.ts';
import type { Timings } from './timings.ts';

export const usage = `Runs the coordinator of one training run.

usage: coordinator --run <folder> --workers <n> [options]

  --run <folder>            the run's folder; made if it is missing
  --workers <n>             how many workers must join
  --config <file|->         the resolved configuration, JSON; - reads it from stdin
                            (default: config.json of the run folder)
  --listen <where>          unix (default), unix:/absolute/path, or host:port, beyond loopback with TLS; port 0 takes any
  --transport <name>        what carries tensors between the workers: auto (default: shared memory when all
                            report the same host), shared-memory or zeromq
  --resume                  go on from the newest sound checkpoint
  --join-timeout <s>        how long to wait for the workers (default ${limits.joinTimeoutMs / 1000})
  --heartbeat-timeout <s>   silence after which a worker is lost (default ${limits.heartbeatTimeoutMs / 1000})
  --exit-with-parent        stop the run when the process that started this one is gone
  --help

Writes one JSON line when it listens and one with the outcome. Exit codes: docs/exit-codes.md
example: coordinator --run runs/digits --workers 2 --config digits.json --listen 127.0.0.1:7431
`;

export interface ProcessOptions {
  coordinator: CoordinatorOptions;
  exitWithParent: boolean;
}

/** Undefined when help was asked for. */
export async function readOptions(
  args: string[],
  stdin: NodeJS.ReadableStream,
): Promise<ProcessOptions | undefined> {
  const values = parse(args);
  if (values.help) return undefined;
  const runFolder = required(values.run, '--run');
  const timings: Partial<Timings> = {
    joinTimeoutMs: milliseconds(values['join-timeout'], '--join-timeout', limits.joinTimeoutMs),
    heartbeatTimeoutMs: milliseconds(
      values['heartbeat-timeout'],
      '--heartbeat-timeout',
      limits.heartbeatTimeoutMs,
    ),
  };
  return {
    exitWithParent: values['exit-with-parent'] ?? false,
    coordinator: {
      runFolder,
      worldSize: wholeNumber(required(values.workers, '--workers'), '--workers', limits.maxWorkers),
      config: await readConfig(values.config ?? `${runFolder}/config.json`, stdin),
      listen: values.listen,
      transport: transportChoice(values.transport ?? 'auto'),
      resume: values.resume,
      timings,
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        run: { type: 'string' },
        workers: { type: 'string' },
        config: { type: 'string' },
        listen: { type: 'string' },
        transport: { type: 'string' },
        resume: { type: 'boolean' },
        'join-timeout': { type: 'string' },
        'heartbeat-timeout': { type: 'string' },
        'exit-with-parent': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new ControlError('invalid', `${(cause as Error).message.toLowerCase()}; see --help`, { cause });
  }
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '')
    throw new ControlError('invalid', `${option} is missing; see --help`);
  return value;
}

function wholeNumber(value: string, option: string, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= max) return number;
  throw new ControlError('invalid', `${option}: expected a whole number from 1 to ${max}, got "${value}"`);
}

function transportChoice(value: string): TransportChoice {
  const choice = transportChoices.find((name) => name === value);
  if (choice !== undefined) return choice;
  throw new ControlError('invalid', `--transport: expected ${transportChoices.join(', ')}, got "${value}"`);
}

function milliseconds(value: string | undefined, option: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const seconds = Number(value);
  if (value.trim() !== '' && seconds > 0 && seconds <= 86_400) return seconds * 1000;
  throw new ControlError('invalid', `${option}: expected seconds above 0, got "${value}"`);
}

async function readConfig(from: string, stdin: NodeJS.ReadableStream): Promise<RunConfig> {
  const where = from === '-' ? 'stdin' : from;
  let content: string;
  try {
    content = from === '-' ? await text(stdin) : await readFile(from, 'utf8');
  } catch (cause) {
    throw new ControlError('invalid', `--config: ${where} cannot be read (${(cause as Error).message})`, {
      cause,
    });
  }
  try {
    const config: unknown = JSON.parse(content);
    if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config as RunConfig;
  } catch (cause) {
    throw new ControlError('invalid', `--config: ${where} is not JSON (${(cause as Error).message})`, {
      cause,
    });
  }
  throw new ControlError(
    'invalid',
    `--config: expected a JSON object in ${where}, got ${content.slice(0, 40)}`,
  );
}
