/** `npm run bench`: Kiln beside its peers, in turns, in one run on this machine. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CaseName, catalog } from './catalog.ts';
import type { Case } from './case.ts';
import { chart } from './chart.ts';
import { machine } from './machine.ts';
import { UsageError } from './nearest.ts';
import { help, type Options, parseOptions } from './options.ts';
import { peer, type PeerName } from './peers.ts';
import { race } from './race.ts';
import { compare, type Result, type Row, summarise, tables } from './results.ts';

const docs = join(import.meta.dirname, '../../../docs/benchmarks');

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The programs of the peers that take part in a case. */
async function programsOf(name: CaseName, wanted: Options['peers']): Promise<Map<PeerName, string>> {
  const programs = new Map<PeerName, string>();
  for (const one of catalog[name].peers) {
    if (wanted !== null && !wanted.includes(one)) continue;
    const program = wanted === null ? peer[one].find() : await peer[one].install();
    if (program === null) say(`${name}: without ${one}, which is not installed; --peers ${one} does that`);
    else programs.set(one, program);
  }
  return programs;
}

async function runCase(name: CaseName, options: Options): Promise<Result[]> {
  const entry: Case = catalog[name];
  const contestants = await entry.enter(await programsOf(name, options.peers), options);
  try {
    const tracks = await race(entry, contestants, options.rounds, (line) => say(`${name}, ${line}`));
    return summarise(name, entry, tracks);
  } finally {
    for (const contestant of contestants) contestant.stop?.();
  }
}

async function main(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === null) {
    console.log(help());
    return 0;
  }
  const results: Result[] = [];
  const rows: Row[] = [];
  console.log(machine());
  for (const name of options.cases) {
    const own = await runCase(name, options);
    const ownRows = compare(catalog[name], own);
    console.log(`\n## ${name}\n\n${tables(own)}`);
    if (options.svg) await writeFile(join(docs, `${name}.svg`), chart(name, catalog[name], own, machine()));
    results.push(...own);
    rows.push(...ownRows);
  }
  const json = JSON.stringify({ machine: machine(), rows, results }, null, 2);
  if (options.json !== null) await writeFile(options.json, `${json}\n`);
  const missing = options.cases.filter(
    (name) => !results.some((result) => result.case === name && result.side === 'ours'),
  );
  for (const name of missing) say(`[bench] ${name}: Kiln did not finish`);
  return missing.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
