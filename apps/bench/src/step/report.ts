/** The results of all rounds as a table. */
import type { Timing } from './timing.ts';

export interface Round extends Timing {
  readonly contestant: string;
  readonly round: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const fastest = (rounds: readonly Round[]): number => Math.min(...rounds.flatMap(({ stepMs }) => stepMs));

/** The median over the steps of each round, and of those the best: rounds that others disturbed drop out. */
const typical = (rounds: readonly Round[]): number => Math.min(...rounds.map(({ stepMs }) => median(stepMs)));

export interface Row {
  readonly contestant: string;
  readonly minMs: number;
  readonly medianMs: number;
  /** CPU time of all threads for one step, in the round that took least. */
  readonly cpuMs: number;
  readonly firstMs: number;
  /** Medians of the rounds in the order in which they ran. */
  readonly roundMs: readonly number[];
  readonly otherCores: readonly number[];
}

export function summarise(rounds: readonly Round[]): Row[] {
  return [...Map.groupBy(rounds, ({ contestant }) => contestant)].map(([contestant, own]) => ({
    contestant,
    minMs: fastest(own),
    medianMs: typical(own),
    cpuMs: Math.min(...own.map(({ cpuMs }) => cpuMs)),
    firstMs: Math.min(...own.map(({ firstMs }) => firstMs)),
    roundMs: own.map(({ stepMs }) => median(stepMs)),
    otherCores: own.map(({ otherCores }) => otherCores),
  }));
}

/** Ratios are times over those of `baseline`: below 1 is faster. */
export function table(rows: readonly Row[], baseline: string): string {
  const base = rows.find(({ contestant }) => contestant === baseline);
  const ratio = (pick: (row: Row) => number, row: Row): string =>
    base === undefined ? '' : (pick(row) / pick(base)).toFixed(2);
  const lines = [
    [
      '',
      'min ms',
      'ratio',
      'median ms',
      'ratio',
      'CPU ms',
      'first step ms',
      'median of each round (other cores busy)',
    ],
    ['---', ...Array.from({ length: 6 }, () => '---:'), '---'],
    ...rows.map((row) => [
      row.contestant,
      row.minMs.toFixed(0),
      ratio(({ minMs }) => minMs, row),
      row.medianMs.toFixed(0),
      ratio(({ medianMs }) => medianMs, row),
      row.cpuMs.toFixed(0),
      row.firstMs.toFixed(0),
      row.roundMs.map((ms, i) => `${ms.toFixed(0)} (${row.otherCores[i]!.toFixed(1)})`).join(', '),
    ]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}
