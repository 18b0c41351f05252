import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { keptOutput, kiln, temporaryFolder } from '../test/harness.ts';
import { checkout } from './context.ts';
import { buildProgram } from './program.ts';

/** People's scripts depend on these: a line may be added, none may change. */
const frozen = `
train <recipe> --workers --batch --accumulate --kimg --steps --seed --data --checkpoint-steps --keep-last --permanent-steps --tick-kimg --device --precision --bucket-mib --xla --profile --profile-steps --keep-best --evaluate-every --evaluate-num --evaluate-extractor --evaluate-weights --on-collapse --max-rollbacks --set --run --dry-run
resume <run> --workers --kimg --steps --profile --profile-steps
status <run> --json
sample <run> --seeds --num --class --truncation --truncation-cutoff --standing --device --out
interpolate <run> --seeds --classes --frames --way --loop --fps --truncation --truncation-cutoff --standing --device --out
mix <run> --rows --columns --layers --class --truncation --truncation-cutoff --device --out
evaluate <run> --num --seed --truncation --truncation-cutoff --standing --extractor --weights --workers --device --json
compare <images> <data> --extractor --weights --workers --device --json
convert <in> <out> --from --to --recipe --set --data --network --trained
recipes [recipe] --json
inspect <recipe> --workers --batch --accumulate --data --precision --set --run --out --json
plan <recipe> --workers --batch --accumulate --kimg --steps --data --precision --set --device-memory --device-flops --bandwidth --latency --json
tensorboard [folder] --port --host
dataset
dataset pack <data> --json --out --size --fit --channels --labels --format --quality --on-bad-image --on-duplicate --shard-mb --max-pixels
dataset info <data> --json
dataset verify <data> --json
checkpoint
checkpoint verify <run> --json
checkpoint list <run> --json
checkpoint hash <run> --json
doctor --json
coordinator [recipe] --workers --batch --accumulate --kimg --steps --seed --data --checkpoint-steps --keep-last --permanent-steps --tick-kimg --device --precision --bucket-mib --xla --profile --profile-steps --keep-best --evaluate-every --evaluate-num --evaluate-extractor --evaluate-weights --on-collapse --max-rollbacks --set --run --resume --listen --transport --join-timeout
worker --run --coordinator --token-file --device --threads --rank --data-address --plain-data --host-id
`.trim();

const allCommands = (command: Command): Command[] =>
  command.commands.flatMap((child) => [child, ...allCommands(child)]);
const program = buildProgram(keptOutput().context, () => {});
const fullName = (command: Command): string =>
  command.parent === program ? command.name() : `${command.parent?.name()} ${command.name()}`;

const signature = (command: Command) => {
  const args = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  return [fullName(command), ...args, ...command.options.map((option) => option.long)].join(' ');
};

test('the commands and options are the frozen ones', () => {
  expect(
    allCommands(program)
      .map((command) => signature(command))
      .join('\n'),
  ).toBe(frozen);
});

test.each(allCommands(program).map((command) => fullName(command)))(
  'kiln %s --help shows usage and, for a leaf, examples',
  async (name) => {
    const { code, out } = await kiln([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: kiln ${name}`);
    const isLeaf = name !== 'checkpoint' && name !== 'dataset';
    expect(out.includes(`Examples:\n  $ kiln ${name}`)).toBe(isLeaf);
  },
);

test('docs/cli.md has every command and option', async () => {
  const text = await readFile(join(checkout, 'docs', 'cli.md'), 'utf8');
  for (const command of allCommands(program)) {
    expect(text).toContain(`kiln ${fullName(command)}`);
    for (const { long } of command.options) expect(text).toContain(`${long}`);
  }
});

test('without arguments kiln shows its help', async () => {
  const { code, out } = await kiln([]);
  expect(code).toBe(0);
  expect(out).toContain('Usage: kiln [options] [command]');
});

test.each([
  [['trian', 'x'], "[usage] unknown command 'trian'; did you mean train?"],
  [['train', 'fake', '--worker', '2'], "[usage] unknown option '--worker'; did you mean --workers?"],
  [['checkpoint', 'hsah', 'x'], "[usage] unknown command 'hsah'; did you mean hash?"],
  [['train'], "[usage] missing required argument 'recipe'"],
  [['status', 'a', 'b'], "[usage] too many arguments for 'status'. Expected 1 argument but got 2"],
  [
    ['train', 'fake', '--workers', '0'],
    "option '--workers <n>' argument '0' is invalid. expected a whole number from 1 to 64",
  ],
  [['train', 'fake', '--batch', '1.5'], "argument '1.5' is invalid. expected a whole number from 1"],
  [['train', 'fake', '--kimg', '-3'], "argument '-3' is invalid. expected a number above 0"],
  [
    ['train', 'fake', '--kimg', '1', '--steps', '2'],
    "option '--kimg <n>' cannot be used with option '--steps <n>'",
  ],
  [['train', 'fake', '--device', 'tpu'], "argument 'tpu' is invalid. Allowed choices are cpu, gpu"],
  [['train', 'fake', '--set', 'depth'], "argument 'depth' is invalid. expected key=value"],
  [['sample', 'x', '--seeds', '9-3'], 'expected seeds such as 0-63 or 1,5,10-19, got "9-3"'],
  [['sample', 'x', '--seeds', '1', '--num', '2'], 'cannot be used with option'],
  [['sample', 'x', '--truncation', '0.5,-1'], 'expected a number from 0, or several such as 0.2,0.5,1'],
  [
    ['sample', 'x', '--num', '5001', '--truncation', '0.5,1'],
    '[usage] 10002 images: a grid shows at most 10000; ask for fewer, or name an --out that ends in .npy',
  ],
  [['interpolate', 'x', '--classes', '1,b'], 'expected classes such as 3 or 0,4,7'],
  [
    ['interpolate', 'x', '--seeds', '1'],
    '[usage] --seeds or --classes: expected two key points or more, got 1',
  ],
  [
    ['interpolate', 'x', '--seeds', '1-3', '--classes', '4,5'],
    '[usage] --classes 4,5: expected one class, or one for each of the 3 seeds of --seeds, got 2',
  ],
  [
    ['interpolate', 'x', '--seeds', '1-3', '--out', 'x.jpg'],
    '[usage] --out x.jpg: expected a file that ends in .png or .gif',
  ],
  [['interpolate', 'x', '--seeds', '1-3', '--fps', '5'], '[usage] --fps 5: a picture does not move'],
  [
    ['mix', 'x', '--layers', 'rough'],
    'expected coarse, middle, fine or layers such as 0-3, or several, got "rough"',
  ],
  [['mix', 'x', '--layers', '5-2'], 'got "5-2"'],
  [['mix', 'x', '--rows', '0-999', '--columns', '0-99'], 'at most 10000 mixtures in a table, got 1000 x 100'],
  [['mix', 'x', '--out', 'x.gif'], '[usage] --out x.gif: expected a file that ends in .png'],
  [['coordinator'], '[usage] name either a recipe to train or --resume <run>'],
  [
    ['coordinator', '--resume', 'x', '--checkpoint-steps', '2'],
    '[usage] --checkpoint-steps cannot change when a run goes on',
  ],
  [['worker'], '[usage] name the run with --run <folder>, or its coordinator'],
])('kiln %j is a usage error on one line', async (args, message) => {
  const { code, out, err } = await kiln(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test.each([
  [['status', 'absent'], 2, /"[^"]*absent" holds no run/],
  [['resume', 'absent'], 2, /\[usage\] .*absent holds no run: .*config\.json cannot be read/],
  [['sample', 'absent'], 2, /absent holds no run/],
  [['interpolate', 'absent', '--seeds', '1,2'], 2, /absent holds no run/],
  [['mix', 'absent'], 2, /absent holds no run/],
  [['evaluate', 'absent'], 2, /absent holds no run/],
  [['checkpoint', 'hash', 'absent'], 2, /\[usage\] absent does not exist/],
  [['tensorboard', 'absent'], 2, /\[usage\] absent does not exist/],
  [['worker', '--run', 'absent'], 2, /control\.json cannot be read/],
])('kiln %j names the folder that holds no run', async (args, exitCode, message) => {
  const { code, err } = await kiln(args, { cwd: await temporaryFolder() });
  expect(err).toMatch(message);
  expect(code).toBe(exitCode);
});
