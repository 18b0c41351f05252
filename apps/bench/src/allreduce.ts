/** `npm run bench -- allreduce`: all-reduce between two processes of this machine, beside gloo and what the machine allows. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Contestant, gloo, kiln, limits } from './allreduce/contestants.ts';
import { type Cell, machine, ratios, summarise, table } from './allreduce/report.ts';

const help = `npm run bench -- allreduce [options]
  --sizes 1,16,64,256   megabytes (10^6 bytes) of float32
  --rounds 4            how often all contestants take turns at each size
  --no-gloo             without PyTorch, which is fetched on first use
  --out results.json    also write the JSON there`;

/** Enough repetitions for a median, few enough for all sizes to take about as long. */
function repetitionsFor(megabytes: number): number {
  return Math.max(4, Math.min(30, Math.round(600 / megabytes)));
}

export async function benchAllReduce(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '1,16,64,256' },
      rounds: { type: 'string', default: '4' },
      'no-gloo': { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const contestants: Contestant[] = [];
  try {
    contestants.push(...(await limits()));
    if (!values['no-gloo']) contestants.push(await gloo());
    contestants.push(await kiln());
    const cells = await compete(contestants, values.sizes.split(',').map(Number), Number(values.rounds));
    const rows = cells.map(summarise);
    console.log(`${machine()}\n\n${table(rows)}\n`);
    const json = JSON.stringify({
      bench: 'allreduce',
      machine: machine(),
      rows,
      ratios: Object.fromEntries(ratios(rows)),
    });
    console.log(json);
    if (values.out !== undefined) await writeFile(values.out, `${json}\n`);
  } finally {
    for (const contestant of contestants) contestant.stop();
  }
}

/** In turns, so that what else the machine does meets all alike. */
async function compete(
  contestants: readonly Contestant[],
  sizes: readonly number[],
  rounds: number,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const megabytes of sizes) {
    const ofSize = contestants.map(({ name }): Cell => ({ contestant: name, megabytes, nanoseconds: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const [i, contestant] of contestants.entries()) {
        ofSize[i]!.nanoseconds.push(...(await contestant.measure(megabytes, repetitionsFor(megabytes))));
      }
    }
    cells.push(...ofSize);
  }
  return cells;
}
