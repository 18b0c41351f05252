/** The command line of the benchmarks. */
import { parseArgs } from 'node:util';
import { type CaseName, caseNames, catalog } from './catalog.ts';
import { parseNames, UsageError } from './nearest.ts';
import { type PeerName, peerNames } from './peers.ts';

export interface Options {
  readonly cases: readonly CaseName[];
  /** These are installed where they are missing; null takes those that are there. */
  readonly peers: readonly PeerName[] | null;
  readonly rounds: number;
  readonly threads: number;
  readonly quick: boolean;
  readonly json: string | null;
  readonly svg: boolean;
}

export function help(): string {
  const width = Math.max(...caseNames.map(({ length }) => length));
  const rows = Object.entries(catalog).map(
    ([name, { about, peers }]) => `  ${name.padEnd(width)}  ${about} (${peers.join(', ') || 'no peers'})`,
  );
  return `npm run bench -- [options]
  --cases a,b     which cases, default all
  --peers a,b     beside whom, installed below .kiln if need be; all, none; default: who is installed
  --rounds 3      how often all contestants take turns
  --threads 2     threads of every contestant
  --json file     write the results there
  --svg           draw docs/benchmarks/<case>.svg
  --quick         one round of the fewest repetitions: shows that it runs, measures nothing

cases (and their peers)
${rows.join('\n')}`;
}

function parsePeers(text: string | undefined): readonly PeerName[] | null {
  if (text === undefined) return null;
  if (text === 'all') return peerNames;
  return text === 'none' ? [] : parseNames('peer', text, peerNames);
}

function parseCount(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`[bench] --${name} must be a whole number from 1, got "${text}"`);
}

/** Null asks for help. Throws a UsageError for what is not understood. */
export function parseOptions(args: string[]): Options | null {
  const { values } = parse(args);
  if (values.help) return null;
  const cases = values.cases === undefined ? caseNames : parseNames('case', values.cases, caseNames);
  const peers = parsePeers(values.peers);
  const strange = peers?.find((peer) => !cases.some((name) => hasPeer(name, peer)));
  if (values.peers !== 'all' && strange !== undefined) {
    const known = [...new Set(cases.flatMap((name) => catalog[name].peers))].join(', ') || 'none';
    throw new UsageError(`[bench] ${strange} is no peer of ${cases.join(', ')}; theirs: ${known}`);
  }
  return {
    cases,
    peers,
    rounds: values.quick ? 1 : parseCount('rounds', values.rounds),
    threads: parseCount('threads', values.threads),
    quick: values.quick,
    json: values.json ?? null,
    svg: values.svg,
  };
}

export function hasPeer(name: CaseName, peer: PeerName): boolean {
  return (catalog[name].peers as readonly PeerName[]).includes(peer);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        cases: { type: 'string' },
        peers: { type: 'string' },
        rounds: { type: 'string', default: '3' },
        threads: { type: 'string', default: '2' },
        json: { type: 'string' },
        svg: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`[bench] ${(error as Error).message}; --help shows the options`);
  }
}
