/** A worker without TensorFlow, for tests: keeps step with the others in time only, saves real shards of made-up numbers. */
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { writeShard, type NamedTensor } from '@kiln/checkpoints';
import {
  ControlClient,
  ControlError,
  exitCodeOfError,
  exitCodeOfFailure,
  exitCodes,
  readControlFile,
} from '@kiln/control';
import type { Assignment, Command, Failure, LeaveReason, Phase, SaveResult } from '@kiln/control';

export interface FakeWorkerOptions {
  steps: number;
  stepMs: number;
  rank?: number | undefined;
  saveEvery?: number | undefined;
  /** Reports this failure on that step, if the rank is right. */
  failure?: (Failure & { atStep: number; rank: number }) | undefined;
}

export interface FakeWorkerResult {
  assignment: Assignment;
  step: number;
  outcome: LeaveReason;
  saves: SaveResult[];
  commands: Command[];
}

const imagesPerStep = 64;

/** Trains in name, until the steps are done or a command ends it. */
export async function work(client: ControlClient, options: FakeWorkerOptions): Promise<FakeWorkerResult> {
  const assignment = await client.join({ device: 'cpu', rank: options.rank });
  const { rank } = assignment;
  const commands: Command[] = [];
  const saves: SaveResult[] = [];
  let phase: Phase = 'compiling';
  let completed = stepOf(assignment.resumeFrom);
  let started = completed;
  let lastStep = options.steps;
  let agreeing: Promise<void> | undefined;
  let aborted: string | undefined;

  client.startHeartbeat(
    () => ({
      phase,
      step: completed,
      images: completed * imagesPerStep,
      kimg: (completed * imagesPerStep) / 1000,
    }),
    {
      onCommand: (command) => {
        commands.push(command);
        if (command.kind === 'abort') aborted = command.reason;
        if (command.kind === 'stop')
          agreeing = client.agreeStep(command.id, started).then((step) => void (lastStep = step));
      },
      onLost: (error) => {
        aborted = error.message;
      },
    },
  );

  const save = async (): Promise<void> => {
    phase = 'saving';
    saves.push(
      await client.saveCheckpoint({
        step: completed,
        write: async (staging) => ({
          shard: await writeShard(staging, rank, assignment.worldSize, [weights(rank, completed)]),
          metaJson: JSON.stringify({ step: completed, images: completed * imagesPerStep }),
          expected: Array.from(
            { length: assignment.worldSize },
            (_, other) => weights(other, completed).name,
          ),
        }),
      }),
    );
    phase = 'training';
  };

  phase = 'training';
  while (completed < lastStep && aborted === undefined) {
    started += 1;
    await delay(options.stepMs);
    completed = started;
    const { failure } = options;
    if (failure && failure.rank === rank && completed === failure.atStep) {
      await client.leave({ outcome: 'failed', error: failure });
      return { assignment, step: completed, outcome: 'failed', saves, commands };
    }
    if (rank === 0) {
      await client.reportTick({
        tick: completed,
        step: completed,
        kimg: completed / 10,
        values: { lossG: 1 / completed, imagesPerSecond: 10 },
      });
    }
    if (options.saveEvery && completed % options.saveEvery === 0) await save();
    await agreeing;
  }
  const stopped = commands.some(({ kind }) => kind === 'stop');
  if (aborted === undefined && stopped) await save();
  const outcome = aborted !== undefined ? 'failed' : stopped ? 'stopped' : 'finished';
  const error: Failure | undefined =
    aborted === undefined ? undefined : { kind: 'peer-lost', message: aborted };
  await client.leave({ outcome, error });
  return { assignment, step: completed, outcome, saves, commands };
}

function weights(rank: number, step: number): NamedTensor {
  const data = new Uint8Array(new Float32Array([rank, step, 0.5, -1]).buffer);
  return { name: `layer${rank}/weights`, dtype: 'F32', shape: [2, 2], data };
}

const stepOf = (checkpoint: string): number => Number(/step-(\d+)$/.exec(checkpoint)?.[1] ?? 0);

/** As a process: <path of control.json> <options as JSON>. */
async function main([controlFile = '', options = '{}']: string[]): Promise<number> {
  let client: ControlClient | undefined;
  try {
    const { address, token } = await readControlFile(controlFile);
    client = await ControlClient.connect(address, token);
    process.stdout.write(`${JSON.stringify({ event: 'connected' })}\n`);
    const { outcome } = await work(client, JSON.parse(options) as FakeWorkerOptions);
    return outcome === 'failed' ? exitCodeOfFailure('peer-lost') : exitCodes.ok;
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    return error instanceof ControlError ? exitCodeOfError(error.code) : exitCodes.internal;
  } finally {
    client?.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.slice(2));
