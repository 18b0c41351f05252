/** `kiln inspect <recipe>`: what the compiled step of a recipe is and costs, without running it. */
import { Option } from 'commander';
import { keyValue, wholeNumber } from '../option-values.ts';
import { outFile } from '../out-file.ts';
import { formatBytes, formatCount } from '../quantities.ts';
import { shown } from '../run-folder.ts';
import { table } from '../table.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { maxPlannedWorkers, precisionOption, workersOption } from './train-options.ts';

interface Total {
  readonly name: string;
  readonly op: string;
  readonly count: number;
  readonly ms: number;
}

/** What the worker answers. */
export interface Inspection {
  readonly recipe: string;
  readonly batch: number;
  readonly workers: number;
  readonly stage: string;
  readonly precision: string;
  readonly graphBytes: number;
  readonly traceMs: number;
  readonly phases: readonly string[];
  readonly networks: readonly {
    readonly name: string;
    readonly parameters: number;
    readonly statistics: number;
  }[];
  readonly cost: {
    readonly numNodes: number;
    readonly numLiveNodes: number;
    readonly flops: number;
    readonly flopsByFamily: Readonly<Record<string, number>>;
    readonly flopsByGroup: Readonly<Record<string, number>>;
    readonly peak: { readonly bytes: number; readonly node: string };
  };
  readonly memory: Readonly<Record<'networks' | 'slots' | 'averages' | 'inputs', number>>;
  readonly measured?: {
    readonly steps: number;
    readonly stepMs: number;
    readonly opMs: number;
    readonly byOp: readonly Total[];
    readonly longest: readonly Total[];
  };
}

interface InspectOptions {
  readonly workers?: number;
  readonly batch?: number;
  readonly accumulate?: number;
  readonly data?: string;
  readonly precision?: string;
  readonly set?: readonly string[];
  readonly run?: number;
  readonly out?: string;
  readonly json?: boolean;
}

export const addInspect: AddCommand = (program, context) => {
  program
    .command('inspect')
    .summary('show what a step of a recipe costs')
    .description(
      'Traces the training step of a recipe without running it and shows the parameters, arithmetic and memory of one worker. ' +
        'The model may be too large to train on this machine.',
    )
    .argument('<recipe>', 'what to inspect; `kiln recipes` lists them')
    .addOption(workersOption(maxPlannedWorkers))
    .addOption(new Option('--batch <n>', 'images of one update, over all workers').argParser(wholeNumber(1)))
    .addOption(
      new Option('--accumulate <n>', 'micro-batches in which each worker takes its share').argParser(
        wholeNumber(1, 65_536),
      ),
    )
    .option('--data <spec>', 'the data set, which decides the size of images and the number of classes')
    .addOption(precisionOption())
    .addOption(
      new Option('--set <key=value>', 'change a setting of the recipe; may be given several times').argParser(
        keyValue,
      ),
    )
    .addOption(
      new Option(
        '--run <n>',
        "also run so many steps with one worker's share of the batch, and show the longest ops",
      ).argParser(wholeNumber(1, 1000)),
    )
    .option('--out <file>', "write the step as TensorFlow's GraphDef")
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'kiln inspect digits-dcgan',
        'kiln inspect digits-dcgan --set width=1024 --batch 4096 --workers 4',
        'kiln inspect digits-dcgan --run 10',
        'kiln inspect digits-cgan --out step.pb --json',
      ),
    )
    .action(async (recipe: string, { run, json, out, ...options }: InspectOptions) => {
      const file = out === undefined ? undefined : await outFile({ text: out, cwd: context.cwd });
      const { inspection } = await askWorker<{ inspection: Inspection }>(context, {
        mode: 'inspect',
        recipe,
        options: { ...options, runs: run, out: file },
      });
      context.terminal.print(json ? JSON.stringify(inspection, null, 2) : inspectionText(inspection));
      if (file !== undefined) context.terminal.note(`graph in ${shown(context.cwd, file)}`);
    });
};

const largestFirst = (shares: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(shares).toSorted(([, a], [, b]) => b - a);

export function inspectionText(found: Inspection): string {
  const { cost, memory, networks, measured } = found;
  const share = (flops: number): string => `${((100 * flops) / Math.max(cost.flops, 1)).toFixed(1)} %`;
  const flopsRows = (shares: Readonly<Record<string, number>>): string[][] =>
    largestFirst(shares).map(([name, flops]) => [`  ${name}`, `${formatCount(flops)}flop`, share(flops)]);
  const state = memory.networks + memory.slots + memory.averages;
  const sections = [
    table([
      ['recipe', found.recipe + (found.stage === '' ? '' : `, stage ${found.stage}`)],
      [
        'batch',
        `${found.batch} images an update, ${found.batch / found.workers} on each of ${found.workers} workers`,
      ],
      ['phases', found.phases.join(', ')],
      ['precision', found.precision],
      ['traced in', `${found.traceMs.toFixed(0)} ms`],
      [
        'nodes',
        `${cost.numNodes}, of which ${cost.numLiveNodes} are needed; GraphDef ${formatBytes(found.graphBytes)}`,
      ],
    ]),
    table([
      ['network', 'parameters', 'statistics'],
      ...networks.map(({ name, parameters, statistics }) => [
        `  ${name}`,
        parameters.toLocaleString('en'),
        statistics.toLocaleString('en'),
      ]),
    ]),
    table([
      ['memory of one worker', ''],
      ['  networks', formatBytes(memory.networks)],
      ['  optimiser slots', formatBytes(memory.slots)],
      ['  averages', formatBytes(memory.averages)],
      ['  batch', formatBytes(memory.inputs)],
      ['  the step beside them, at its peak', `${formatBytes(cost.peak.bytes)}, at ${cost.peak.node}`],
      ['  together', formatBytes(state + memory.inputs + cost.peak.bytes)],
    ]),
    table([
      ['arithmetic of one worker', `${formatCount(cost.flops)}flop`, ''],
      ...flopsRows(cost.flopsByGroup),
      ['by kind', '', ''],
      ...flopsRows(cost.flopsByFamily),
    ]),
  ];
  if (measured !== undefined) {
    const rows = (totals: readonly Total[]): string[][] =>
      totals.map(({ name, op, count, ms }) => [
        `  ${name}`,
        name === op ? '' : op,
        `${ms.toFixed(2)} ms`,
        `${((100 * ms) / measured.opMs).toFixed(1)} %`,
        `${count.toFixed(0)} a step`,
      ]);
    sections.push(
      table([
        [
          'measured',
          `${measured.stepMs.toFixed(1)} ms a step, ${(cost.flops / measured.stepMs / 1e6).toFixed(1)} Gflop/s`,
          '',
          '',
          '',
        ],
      ]),
      table([['kinds of ops', '', '', '', ''], ...rows(measured.byOp)]),
      table([['longest ops', '', '', '', ''], ...rows(measured.longest)]),
    );
  }
  return sections.join('\n\n');
}
