/** 16 bits are enough: `digits-dcgan` trained in each precision for the same budget, judged by the classifier of `digits.ts`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { atLeast, atMost, type Claim } from './claim.ts';
import { dataFolder, kiln, root, run, scratchFolder } from './kiln.ts';

interface Judgement {
  readonly confident: number;
  readonly shares: readonly number[];
  readonly copies: number;
}

type Report = Readonly<Record<'float32' | 'bfloat16' | 'float16', Judgement>>;

const budget = ['--kimg', '300', '--seed', '1'];

export async function precision(): Promise<Claim[]> {
  const python = await ensurePython(['torch==2.15.0', 'numpy']);
  const folder = scratchFolder();
  const file = (name: string): string => join(folder, name);
  const names = ['float32', 'bfloat16', 'float16'] as const;
  for (const name of names) {
    await kiln('train', 'digits-dcgan', ...budget, '--precision', name, '--run', file(name));
    await kiln('sample', file(name), '--num', '1000', '--out', file(`${name}.npy`));
  }
  const judged = await run(python, [
    join(root, 'tools', 'proof', 'digits_quality.py'),
    dataFolder,
    ...names.map((name) => `${name}=${file(`${name}.npy`)}`),
  ]);
  if (judged.code !== 0) throw new Error(judged.output);
  process.stdout.write(judged.output);
  const report = JSON.parse(judged.output.trim().split('\n').at(-1)!) as Report;
  const ticks = (await readFile(join(file('float16'), 'metrics.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
  return [
    ...claimsOf(report),
    atMost(
      'float16: share of steps skipped after the first tick',
      ticks.slice(1).reduce((sum, tick) => sum + tick['precision/skipped_steps']!, 0) / (ticks.length - 1),
      0.01,
    ),
  ];
}

function claimsOf(report: Report): Claim[] {
  const { float32 } = report;
  return [
    atLeast('float32: samples of some class with confidence >= 0.9', float32.confident, 0.9),
    ...(['bfloat16', 'float16'] as const).flatMap((name) => [
      // Up to the spread of 1,000 samples and of one seed, as between Kiln and PyTorch in `digits`.
      atLeast(`${name}: the same, against float32`, report[name].confident, float32.confident - 0.03),
      atLeast(`${name}: share of the rarest class`, Math.min(...report[name].shares), 0.04),
      atMost(`${name}: samples within 0.02 of a training digit`, report[name].copies, 0),
    ]),
  ];
}
