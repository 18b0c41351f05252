/**
 * Stands for apps/worker in tests: the same modes, arguments and answers, real calls to the coordinator and real shards,
 * and no TensorFlow. Settings steer it: `stepMs` (time of a step), `dieAtStep` (SIGKILL of itself on the last rank).
 * FAKE_WORKER_FAILS names a rank that ends before it joins.
 */
import { parseArgs } from 'node:util';
import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { newestValid, readCheckpoint, writeShard } from '@kiln/checkpoints';
import { ControlClient, exitCodes, readControlFile, type ExitName } from '@kiln/control';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    coordinator: { type: 'string', default: '' },
    'token-file': { type: 'string', default: '' },
    device: { type: 'string', default: '' },
    threads: { type: 'string', default: '' },
    rank: { type: 'string' },
    recipe: { type: 'string', default: '' },
    run: { type: 'string', default: '' },
    options: { type: 'string', default: '{}' },
  },
});

class Refusal extends Error {
  readonly code: ExitName;
  constructor(code: ExitName, message: string) {
    super(message);
    this.code = code;
  }
}

interface Config {
  readonly batch: number;
  readonly workers: number;
  readonly steps: number;
  readonly checkpointSteps: number;
  readonly settings: { readonly stepMs: number; readonly dieAtStep: number };
}

const modes: Record<string, () => Promise<object>> = {
  resolve,
  recipes,
  sample,
  interpolate: drawn,
  mix: drawn,
  evaluate,
  compare,
  inspect,
  plan,
};

const mode = positionals[0] ?? 'train';
if (mode === 'train') process.exit(await train());
try {
  process.stdout.write(`${JSON.stringify({ ok: true, ...(await modes[mode]?.()) })}\n`);
  process.exit(0);
} catch (error) {
  const code = error instanceof Refusal ? error.code : 'internal';
  const message = (error as Error).message;
  process.stdout.write(
    `${JSON.stringify({ ok: false, error: { code, message, exitCode: exitCodes[code] } })}\n`,
  );
  process.exit(exitCodes[code]);
}

async function readOptions(): Promise<Record<string, unknown>> {
  return JSON.parse(values.options === '-' ? await text(process.stdin) : values.options) as Record<
    string,
    unknown
  >;
}

async function resolve(): Promise<object> {
  if (values.recipe !== 'fake')
    throw new Refusal('usage', `no recipe "${values.recipe}"; did you mean "fake"? (recipes: fake)`);
  const {
    workers = 2,
    batch = 8,
    accumulate = 1,
    steps = 20,
    seed = 0,
    checkpointSteps = 10,
    device = 'cpu',
    set = [],
  } = await readOptions();
  const settings: Record<string, number> = { stepMs: 1, dieAtStep: -1 };
  for (const pair of set as string[]) {
    const [key, value] = pair.split('=') as [string, string];
    if (!(key in settings))
      throw new Refusal('usage', `recipe fake has no setting "${key}"; did you mean "stepMs"?`);
    settings[key] = Number(value);
  }
  if (Number(batch) % Number(workers) !== 0)
    throw new Refusal('usage', `--batch ${batch} is not divisible by ${workers} workers`);
  const kimg = (Number(steps) * Number(batch)) / 1000;
  const stages = [{ name: '', batch, startStep: 0, startKimg: 0, imagesPerStep: batch }];
  const counts = { seed, batch, workers, accumulate, steps, kimg, checkpointSteps };
  return { config: { recipe: 'fake', settings, ...counts, stages, device } };
}

async function recipes(): Promise<object> {
  const settings = [{ key: 'stepMs', default: 1, description: 'milliseconds of a step' }];
  return {
    recipes: [
      {
        name: 'fake',
        title: 'A fake',
        summary: 'Counts.',
        source: 'none',
        defaults: { batch: 8, workers: 2 },
        settings,
      },
    ],
  };
}

async function sample(): Promise<object> {
  const { seeds, out } = (await readOptions()) as { seeds: number[]; out: string };
  const newest = await newestValid(`${values.run}/checkpoints`, ({ problems }) =>
    process.stderr.write(`${problems[0]?.message}\n`),
  );
  if (!newest) throw new Refusal('checkpoint', `${values.run} holds no sound checkpoint`);
  await writeFile(out, JSON.stringify(seeds));
  return { out, count: seeds.length, checkpoint: newest.path, shape: [seeds.length, 8, 8, 1] };
}

async function plan(): Promise<object> {
  const { device, ...run } = (await readOptions()) as { device: { memory: number } };
  const memory = {
    weights: 1e6,
    optimizer: 2e6,
    averages: 5e5,
    batch: 1e5,
    gradients: 7e5,
    activations: 4e7,
  };
  const total = Object.values(memory).reduce((sum, bytes) => sum + bytes, 0);
  return {
    plan: {
      recipe: values.recipe,
      batch: 64,
      workers: 128,
      accumulate: 1,
      precision: 'float32',
      device,
      networks: [{ name: 'G', parameters: 1_234_567 }],
      stages: [
        {
          name: '',
          batch: 64,
          steps: 1000,
          kimg: 64,
          memory: { ...memory, total },
          flops: 2.5e9,
          gradientBytes: 7e6,
          sentBytes: 14e6,
          computeSeconds: 0.125,
          exchangeSeconds: 0.003,
          stepSeconds: 0.128,
          imagesPerSecond: 500,
        },
      ],
      steps: 1000,
      kimg: 64,
      seconds: 128,
      imagesPerSecond: 500,
      peakBytes: total,
      fits: total <= device.memory,
      smallestAccumulation: total <= device.memory ? 1 : 8,
      asked: run,
    },
  };
}

/** Writes down what was asked for in place of a picture. */
async function drawn(): Promise<object> {
  const { out, ...asked } = (await readOptions()) as { out: string };
  await writeFile(out, JSON.stringify(asked));
  return {
    out,
    count: 12,
    checkpoint: values.run,
    tables: [
      [0, 3],
      [4, 5],
    ],
  };
}

async function inspect(): Promise<object> {
  const options = (await readOptions()) as { runs?: number; out?: string };
  if (options.out !== undefined) await writeFile(options.out, JSON.stringify(options));
  const measured = {
    steps: options.runs,
    stepMs: 5,
    opMs: 4,
    byOp: [{ name: 'Conv2D', op: 'Conv2D', count: 2, ms: 4 }],
    longest: [{ name: 'G/x', op: 'Conv2D', count: 1, ms: 3 }],
  };
  return {
    inspection: {
      recipe: values.recipe,
      batch: 64,
      workers: 2,
      stage: '',
      precision: 'float32',
      graphBytes: 12,
      traceMs: 1,
      phases: ['D', 'G'],
      networks: [{ name: 'G', parameters: 1_234_567, statistics: 8 }],
      cost: {
        numNodes: 10,
        numLiveNodes: 8,
        flops: 2.5e9,
        flopsByFamily: { convolution: 2.5e9 },
        flopsByGroup: { 'G forward': 0.5e9, 'D forward': 2e9 },
        peak: { bytes: 3e6, node: 'G/x' },
      },
      memory: { networks: 1, slots: 2, averages: 3, inputs: 4 },
      ...(options.runs === undefined ? {} : { measured }),
    },
  };
}

async function evaluate(): Promise<object> {
  const { num, truncation = null } = (await readOptions()) as { num: number; truncation?: number };
  const facts = { extractor: 'fake', weights: '0', resize: 'as they are', step: 20, kimg: 0.16 };
  const numbers = { fid: 1.5, kid: 0.25, kidStandardDeviation: 0.125, asAsked: 0.5, truncation };
  return { evaluation: { ...numbers, ...facts, numReal: 7, numSamples: num, checkpoint: values.run } };
}

async function compare(): Promise<object> {
  const { images, data } = (await readOptions()) as { images: string; data: string };
  process.stdout.write(`${JSON.stringify({ progress: { label: 'reference', done: 1, total: 2 } })}\n`);
  const facts = { extractor: 'fake', weights: '0', resize: 'as they are', images, data };
  return {
    comparison: { fid: 1.5, kid: 0.25, kidStandardDeviation: 0.125, numImages: 5, numReal: 7, ...facts },
  };
}

/** The state is one count of steps for each of two tensors: enough to tell whether a run went on from the right place. */
async function train(): Promise<number> {
  const address = values.coordinator === '-' ? await text(process.stdin) : values.coordinator;
  if (address === '') return exitCodes.ok;
  const { token } = await readControlFile(values['token-file']);
  const client = await ControlClient.connect(address, token);
  if (values.rank !== undefined && process.env['FAKE_WORKER_FAILS'] === values.rank) {
    process.stderr.write('[setup] the fake addon is missing\n');
    return exitCodes.setup;
  }
  const assignment = await client.join({
    device: values.device,
    ...(values.rank === undefined ? {} : { rank: Number(values.rank) }),
  });
  const { rank, worldSize } = assignment;
  const config = JSON.parse(assignment.configJson) as Config;
  const resumed = assignment.resumeFrom === '' ? undefined : await readCheckpoint(assignment.resumeFrom);
  let step = resumed?.manifest.step ?? 0;
  let stopAt = Number.POSITIVE_INFINITY;
  // Steps that this rank may do before it must know where all stop.
  let started = Number.POSITIVE_INFINITY;
  let agreement: Promise<number> | undefined;
  const progress = () => ({
    phase: 'training' as const,
    step,
    images: step * config.batch,
    kimg: (step * config.batch) / 1000,
  });
  client.startHeartbeat(progress, {
    onCommand: (command) => {
      if (command.kind === 'abort') process.exit(exitCodes['worker-lost']);
      if (command.kind !== 'stop') return;
      started = step + 1;
      agreement = client.agreeStep(command.id, started).then((agreed) => (stopAt = agreed));
    },
    onLost: () => process.exit(exitCodes.coordinator),
  });
  await client.log('info', `threads ${values.threads}`);
  const save = () =>
    client.saveCheckpoint({
      step,
      permanent: false,
      write: async (staging) => {
        const data = new Uint8Array(Int32Array.of(step).buffer);
        const own = rank === 0 ? [0] : rank === 1 ? [1] : [];
        if (worldSize === 1) own.push(1);
        const tensors = own.map((index) => ({
          name: `counter/${index}`,
          dtype: 'I32' as const,
          shape: [],
          data,
        }));
        const shard = await writeShard(staging, rank, worldSize, tensors);
        return { shard, metaJson: JSON.stringify({ step }), expected: ['counter/0', 'counter/1'] };
      },
    });
  let savedAt = step;
  while (step < config.steps) {
    if (step >= started) await agreement;
    if (step >= stopAt) break;
    await new Promise((done) => setTimeout(done, config.settings.stepMs));
    step += 1;
    if (step === config.settings.dieAtStep && rank === worldSize - 1) process.kill(process.pid, 'SIGKILL');
    if (rank === 0 && step % 5 === 0) {
      const measured = { secondsPerKimg: 1.5, imagesPerSecond: 666.6, memoryBytes: 123e6 };
      await client.reportTick({
        step,
        kimg: progress().kimg,
        tick: step / 5,
        values: { 'loss/D': 1 / step, 'loss/G': 2, ...measured },
      });
    }
    if (step % config.checkpointSteps === 0 || step === config.steps) {
      await save();
      savedAt = step;
    }
  }
  const stopped = step < config.steps;
  if (savedAt !== step) await save();
  await client.leave({ outcome: stopped ? 'stopped' : 'finished' });
  client.close();
  return 0;
}
