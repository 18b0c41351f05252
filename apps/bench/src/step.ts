/** `npm run bench -- step`: one training step of a DCGAN in Kiln, TensorFlow and PyTorch, in turns on this machine. */
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './allreduce/report.ts';
import { baseline, type Contestant, contestants, type RoundSettings, runRound } from './step/contestants.ts';
import { type Round, summarise, table } from './step/report.ts';

const help = `npm run bench -- step [options]
  --rounds 3          how often all contestants take turns
  --steps 12          timed steps of a round
  --warmup 3          steps before them
  --threads 2         threads of every contestant
  --only Kiln,tf.     contestants whose names start so
  --limit 240         seconds after which a round is given up
  --out results.jsonl one line of JSON for each round (default .kiln/bench/step.jsonl)
  --quick             Kiln alone, two steps: shows that it runs, measures nothing
TensorFlow and PyTorch are fetched on first use.`;

export async function benchStep(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string' },
      steps: { type: 'string' },
      warmup: { type: 'string' },
      threads: { type: 'string', default: '2' },
      only: { type: 'string' },
      limit: { type: 'string', default: '240' },
      out: { type: 'string', default: join(import.meta.dirname, '../../../.kiln/bench/step.jsonl') },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const standard = values.quick
    ? { rounds: '1', steps: '2', warmup: '1', only: 'Kiln' }
    : { rounds: '3', steps: '12', warmup: '3', only: '' };
  const wanted = { ...standard, ...values };
  const prefixes = wanted.only.split(',');
  const settings = {
    threads: Number(wanted.threads),
    warmup: Number(wanted.warmup),
    steps: Number(wanted.steps),
  };
  const results = await compete(
    contestants.filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix))),
    Number(wanted.rounds),
    settings,
    Number(values.limit),
    async (round) => record(values.out, { bench: 'step', machine: machine(), ...settings, ...round }),
  );
  console.log(`${machine()}, ${settings.threads} threads\n\n${table(summarise(results), baseline)}`);
}

/** In turns, so that what else the machine does meets all alike. Who fails a round is left out of the next ones. */
async function compete(
  starters: readonly Contestant[],
  numRounds: number,
  settings: RoundSettings,
  limitSeconds: number,
  report: (round: Round) => Promise<void>,
): Promise<Round[]> {
  const results: Round[] = [];
  const failed = new Set<Contestant>();
  for (let round = 1; round <= numRounds; round++) {
    for (const contestant of starters.filter((one) => !failed.has(one))) {
      try {
        const timing = await runRound(contestant, settings, limitSeconds);
        const result = { contestant: contestant.name, round, ...timing };
        results.push(result);
        await report(result);
        const best = Math.min(...timing.stepMs).toFixed(0);
        process.stderr.write(`round ${round}: ${contestant.name} ${best} ms at best\n`);
      } catch (error) {
        failed.add(contestant);
        process.stderr.write(`round ${round}: ${(error as Error).message}\n`);
      }
    }
  }
  return results;
}

async function record(file: string, line: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(line)}\n`);
}
