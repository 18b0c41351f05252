/** `kiln plan <recipe>`: what a run would need of given devices, and how long it would take, without running any of it. */
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { keyValue, positiveNumber, wholeNumber } from '../option-values.ts';
import { formatBytes, formatCount, formatDuration, formatRate, formatSeconds } from '../quantities.ts';
import { table } from '../table.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { lengthOptions, maxPlannedWorkers, maxWorkers, precisionOption } from './train-options.ts';

/** What the worker answers. Bytes, seconds, operations a second. */
export interface Plan {
  readonly recipe: string;
  readonly batch: number;
  readonly workers: number;
  readonly accumulate: number;
  readonly precision: string;
  readonly device: Device;
  readonly networks: readonly { readonly name: string; readonly parameters: number }[];
  readonly stages: readonly {
    readonly name: string;
    readonly batch: number;
    readonly steps: number;
    readonly kimg: number;
    readonly memory: Readonly<Record<MemoryKey | 'total', number>>;
    readonly flops: number;
    readonly gradientBytes: number;
    readonly sentBytes: number;
    readonly computeSeconds: number;
    readonly exchangeSeconds: number;
    readonly stepSeconds: number;
    readonly imagesPerSecond: number;
  }[];
  readonly steps: number;
  readonly kimg: number;
  readonly seconds: number;
  readonly imagesPerSecond: number;
  readonly peakBytes: number;
  readonly fits: boolean;
  readonly smallestAccumulation: number | null;
}

type MemoryKey = 'weights' | 'optimizer' | 'averages' | 'batch' | 'gradients' | 'activations';

interface Device {
  readonly memory: number;
  readonly flops: number;
  readonly bandwidth: number;
  readonly latency: number;
}

/** As typed: in GB, Tflop/s, GB/s and microseconds. */
interface DeviceOptions {
  readonly deviceMemory?: number;
  readonly deviceFlops?: number;
  readonly bandwidth?: number;
  readonly latency?: number;
}

interface PlanOptions extends DeviceOptions {
  readonly json?: boolean;
}

/** A large GPU in float32, four to a fast network card: a start, to be replaced by figures of one's own. */
const assumed = { deviceMemory: 80, deviceFlops: 20, bandwidth: 25, latency: 20 } as const;

const deviceOf = (given: DeviceOptions): Device => {
  const { deviceMemory, deviceFlops, bandwidth, latency } = { ...assumed, ...given };
  return {
    memory: deviceMemory * 1e9,
    flops: deviceFlops * 1e12,
    bandwidth: bandwidth * 1e9,
    latency: latency / 1e6,
  };
};

export const addPlan: AddCommand = (program, context) => {
  const command = program
    .command('plan')
    .summary('show what a run needs and how long it takes on given devices')
    .description(
      'Traces the steps of a recipe without running any, and shows the memory of each device, what workers exchange, and how long the run ' +
        'takes on devices of the given figures. The model may be too large for this machine.',
    )
    .argument('<recipe>', 'what to plan; `kiln recipes` lists them');
  for (const option of planOptions()) command.addOption(option);
  command
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'kiln plan biggan-128 --workers 128 --batch 2048',
        'kiln plan biggan-deep-256 --workers 64 --device-memory 40 --device-flops 60 --bandwidth 12',
        'kiln plan digits-dcgan --json',
      ),
    )
    .action(async (recipe: string, options: PlanOptions, self: Command) => {
      const plan = await askPlan(context, recipe, options);
      const given = (key: keyof typeof assumed): boolean => self.getOptionValue(key) !== undefined;
      context.terminal.print(options.json ? JSON.stringify(plan, null, 2) : planTable(plan, given));
      if (plan.workers > maxWorkers)
        context.terminal.note(
          `[plan] a group of workers has at most ${maxWorkers} so far; this is for ${plan.workers}`,
        );
    });
};

export async function askPlan(context: Context, recipe: string, options: PlanOptions): Promise<Plan> {
  const { json: _, deviceMemory, deviceFlops, bandwidth, latency, ...run } = options;
  const given = { deviceMemory, deviceFlops, bandwidth, latency };
  const device = deviceOf(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  const { plan } = await askWorker<{ plan: Plan }>(context, {
    mode: 'plan',
    recipe,
    options: { ...run, device },
  });
  return plan;
}

const planOptions = (): Option[] => [
  new Option('--workers <n>', 'devices, one worker on each').argParser(wholeNumber(1, maxPlannedWorkers)),
  new Option('--batch <n>', 'images of one update, over all workers').argParser(wholeNumber(1)),
  new Option('--accumulate <n>', 'micro-batches in which each worker takes its share').argParser(
    wholeNumber(1, 65_536),
  ),
  ...lengthOptions(),
  new Option('--data <spec>', 'the data set, which decides the size of images and the number of classes'),
  precisionOption(),
  new Option('--set <key=value>', 'change a setting of the recipe; may be given several times').argParser(
    keyValue,
  ),
  new Option('--device-memory <GB>', `memory of a device (default: ${assumed.deviceMemory})`).argParser(
    positiveNumber,
  ),
  new Option(
    '--device-flops <Tflop/s>',
    `arithmetic that a device really does (default: ${assumed.deviceFlops})`,
  ).argParser(positiveNumber),
  new Option('--bandwidth <GB/s>', `of one link of the ring (default: ${assumed.bandwidth})`).argParser(
    positiveNumber,
  ),
  new Option('--latency <us>', `of one hop of the ring (default: ${assumed.latency})`).argParser(
    positiveNumber,
  ),
];

const memoryRows: readonly (readonly [MemoryKey, string])[] = [
  ['weights', 'networks'],
  ['optimizer', 'optimiser slots'],
  ['averages', 'averages'],
  ['batch', 'batch'],
  ['gradients', 'gradients'],
  ['activations', 'activations, new state'],
];

export function planTable(plan: Plan, given: (key: keyof typeof assumed) => boolean): string {
  const { device, stages, workers } = plan;
  const figure = (key: keyof typeof assumed, text: string): string =>
    given(key) ? text : `${text} (assumed)`;
  const peak = stages.reduce((most, stage) => (stage.memory.total > most.memory.total ? stage : most));
  const among = `${plan.batch / workers} on each of ${workers} workers`;
  const sections = [
    table([
      ['recipe', plan.recipe],
      ['batch', `${plan.batch} images an update, ${among}${pieces(plan.accumulate)}`],
      ['device', figure('deviceMemory', formatBytes(device.memory))],
      ['', figure('deviceFlops', `${formatCount(device.flops)}flop/s`)],
      ['ring', figure('bandwidth', `${formatBytes(device.bandwidth)}/s`)],
      ['', figure('latency', `${(device.latency * 1e6).toFixed(1)} µs a hop`)],
    ]),
    table([
      ['network', 'parameters'],
      ...plan.networks.map(({ name, parameters }) => [`  ${name}`, parameters.toLocaleString('en')]),
    ]),
    table([
      [`memory of one device${peak.name === '' ? '' : `, in stage ${peak.name}`}`, ''],
      ...memoryRows.map(([key, name]) => [`  ${name}`, formatBytes(peak.memory[key])]),
      ['  together', formatBytes(peak.memory.total)],
      ['  fits', fitText(plan)],
    ]),
    table([
      [
        'stage',
        'batch',
        'steps',
        'kimg',
        'arithmetic',
        'gradients',
        'sent',
        'compute',
        'exchange',
        'images/s',
      ],
      ...stages.map((stage) => [
        stage.name === '' ? 'all' : stage.name,
        String(stage.batch),
        stage.steps.toLocaleString('en'),
        stage.kimg.toFixed(0),
        `${formatCount(stage.flops)}flop`,
        formatBytes(stage.gradientBytes),
        formatBytes(stage.sentBytes),
        formatDuration(stage.computeSeconds),
        formatDuration(stage.exchangeSeconds),
        formatRate(stage.imagesPerSecond),
      ]),
    ]),
    table([
      ['steps', plan.steps.toLocaleString('en')],
      ['length', `${plan.kimg.toFixed(1)} kimg`],
      ['time', `${formatSeconds(plan.seconds)} (${formatRate(plan.seconds / 3600)} hours)`],
      ['images/s', formatRate(plan.imagesPerSecond)],
    ]),
  ];
  return sections.join('\n\n');
}

const pieces = (accumulate: number): string => (accumulate === 1 ? '' : `, in ${accumulate} micro-batches`);

/** Whether a plan fits its device, and what would make it fit. */
export function fitText({ fits, accumulate, smallestAccumulation: least }: Plan): string {
  if (fits) return least !== null && least < accumulate ? `yes; --accumulate ${least} would do` : 'yes';
  if (least === null) return 'no, not even in the smallest micro-batches; use smaller networks';
  return `no; with --accumulate ${least} it does`;
}
