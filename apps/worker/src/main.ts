/** The worker process. One mode a call: `train` joins a run; `resolve`, `recipes` and the like answer the CLI with one line of JSON. */
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { native } from '@kiln/tensorflow';
import { ControlClient, exitCodes, readControlFile, type FailureKind } from '@kiln/control';
import { compare, type CompareOptions } from './compare-command.ts';
import { convert, type ConvertOptions } from './convert/convert-command.ts';
import { dataAddress } from './data-address.ts';
import { dataset, type DatasetOptions } from './dataset-command.ts';
import { evaluate, type EvaluateOptions } from './evaluate-command.ts';
import { inspect, type InspectOptions } from './inspect-command.ts';
import { interpolate, type InterpolateOptions } from './interpolate-command.ts';
import { mix, type MixOptions } from './mix-command.ts';
import { plan } from './plan/plan-command.ts';
import type { Device } from './plan/stage-plan.ts';
import { readRun } from './read-run.ts';
import { listRecipes } from './recipes-command.ts';
import { resolveConfig, type TrainOptions } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { sample, type SampleOptions } from './sample-command.ts';
import { train } from './train.ts';
import { exitNameOf, WorkerError } from './worker-error.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    coordinator: { type: 'string' },
    'token-file': { type: 'string' },
    device: { type: 'string', default: 'cpu' },
    threads: { type: 'string', default: '0' },
    rank: { type: 'string' },
    'host-id': { type: 'string' },
    'data-address': { type: 'string' },
    'plain-data': { type: 'boolean', default: false },
    recipe: { type: 'string' },
    run: { type: 'string' },
    options: { type: 'string', default: '{}' },
  },
});

const mode = positionals[0] ?? 'train';

try {
  if (mode === 'train') process.exit(await trainMode());
  process.stdout.write(`${JSON.stringify({ ok: true, ...(await answer(mode)) })}\n`);
  process.exit(0);
} catch (error) {
  const exitName = exitNameOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const detail = exitName === 'internal' && error instanceof Error ? error.stack : undefined;
  if (mode === 'train') process.stderr.write(`${detail ?? message}\n`);
  else
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: { code: exitName, message, exitCode: exitCodes[exitName], stack: detail } })}\n`,
    );
  process.exit(exitCodes[exitName]);
}

async function answer(name: string): Promise<object> {
  // Long options come through standard input.
  const options = JSON.parse(values.options === '-' ? await text(process.stdin) : values.options) as unknown;
  switch (name) {
    case 'resolve':
      return { config: await resolveConfig(values.recipe ?? '', options as TrainOptions) };
    case 'recipes':
      return { recipes: listRecipes(values.recipe) };
    case 'sample':
      return sample({ ...(options as SampleOptions), ...(await runOf(options)) });
    case 'interpolate':
      return interpolate({ ...(options as InterpolateOptions), ...(await runOf(options)) });
    case 'mix':
      return mix({ ...(options as MixOptions), ...(await runOf(options)) });
    case 'evaluate':
      return {
        evaluation: await evaluate({ ...(options as EvaluateOptions), ...(await runOf(options)) }, tell),
      };
    case 'compare':
      return { comparison: await compare(options as CompareOptions, tell) };
    case 'convert':
      return convert(options as ConvertOptions);
    case 'inspect':
      return { inspection: await inspect(values.recipe ?? '', options as InspectOptions) };
    case 'plan': {
      const { device, ...run } = options as Omit<TrainOptions, 'device'> & { device: Device };
      return { plan: await plan(values.recipe ?? '', run, device) };
    }
    case 'dataset':
      return dataset(options as DatasetOptions, tell);
    default:
      throw new WorkerError(
        'usage',
        `no worker mode "${name}" (modes: train, resolve, recipes, sample, interpolate, mix, evaluate, compare, convert, inspect, plan, dataset)`,
      );
  }
}

function tell(progress: object): void {
  process.stdout.write(`${JSON.stringify({ progress })}\n`);
}

/** The run of `--run`, on the device that the options name, if they do. */
async function runOf(options: unknown): Promise<{ runFolder: string; config: RunConfig }> {
  const runFolder = values.run ?? '.';
  const config = await readRun(runFolder);
  const { device = config.device } = options as { device?: string };
  return { runFolder, config: { ...config, device } };
}

/** Returns the exit code. A failure is told to the coordinator before the process ends, or it would only see us gone. */
async function trainMode(): Promise<number> {
  if (values.coordinator === undefined || values['token-file'] === undefined)
    throw new WorkerError(
      'usage',
      'a worker needs --coordinator ADDRESS (- reads it from standard input) and --token-file FILE',
    );
  // Before anybody waits to hear from this process: on a busy machine it may hold the JavaScript thread for many seconds.
  const beforeLoad = performance.now();
  native();
  const loadMs = performance.now() - beforeLoad;
  const address = values.coordinator === '-' ? await text(process.stdin) : values.coordinator;
  // The coordinator has failed, which whoever started this process tells.
  if (address === '') return exitCodes.ok;
  const { token, tls } = await readControlFile(values['token-file']);
  const client = await ControlClient.connect(address, token, { tls });
  const assignment = await client.join({
    device: values.device,
    host: values['host-id'],
    data: dataAddress({
      hostId: values['host-id'],
      address: values['data-address'],
      encrypt: !values['plain-data'],
    }),
    ...(values.rank === undefined ? {} : { rank: Number(values.rank) }),
  });
  try {
    const outcome = await train({
      client,
      assignment,
      threads: Number(values.threads),
      device: values.device,
      loadMs,
    });
    await client.leave({ outcome });
    return 0;
  } catch (error) {
    const exitName = exitNameOf(error);
    const kind = exitName === 'worker-lost' ? 'peer-lost' : failureKind(exitName);
    const message = error instanceof Error ? error.message : String(error);
    const stack = kind === 'internal' && error instanceof Error ? error.stack : undefined;
    // The coordinator may be what failed; this process ends with its own error then.
    await client.leave({ outcome: 'failed', error: { kind, message, stack } }).catch(() => {});
    throw error;
  } finally {
    client.close();
  }
}

function failureKind(name: ReturnType<typeof exitNameOf>): FailureKind {
  switch (name) {
    case 'usage':
    case 'data':
    case 'checkpoint':
    case 'coordinator':
    case 'setup':
    case 'training':
      return name;
    default:
      return 'internal';
  }
}
