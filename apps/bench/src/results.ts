/** From the turns of a race to rows: best and median of every contestant, and ours over the best of each peer. */
import type { Case } from './case.ts';
import { peerNames, type PeerName } from './peers.ts';
import type { Track } from './race.ts';

/** One contestant at one size in one unit. */
export interface Result {
  readonly case: string;
  readonly size: string;
  readonly unit: string;
  readonly contestant: string;
  readonly side: Track['contestant']['side'];
  /** The least of all values, or the most where more is better. */
  readonly best: number;
  /** Of all values of all rounds. */
  readonly median: number;
  readonly roundMedians: readonly number[];
  /** By round, where the contestant watched. */
  readonly otherCores?: readonly number[];
}

/** Ours beside the best of a peer's contestants, by medians. */
export interface Row {
  readonly case: string;
  readonly size: string;
  readonly unit: string;
  readonly peer: PeerName | 'baseline';
  readonly ours: number;
  readonly theirs: number;
  /** ours / theirs. */
  readonly ratio: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Four significant digits: more would be noise. */
const rounded = (value: number): number => Number(value.toPrecision(4));

export function summarise(name: string, { units }: Pick<Case, 'units'>, tracks: readonly Track[]): Result[] {
  return tracks.flatMap(({ contestant, size, turns }) =>
    Object.entries(units).flatMap(([unit, better]): Result[] => {
      const rounds = turns.flatMap(({ values }) => (values[unit] === undefined ? [] : [values[unit]]));
      if (rounds.length === 0) return [];
      const all = rounds.flat();
      const watched = turns.flatMap(({ otherCores }) => (otherCores === undefined ? [] : [otherCores]));
      return [
        {
          case: name,
          size,
          unit,
          contestant: contestant.name,
          side: contestant.side,
          best: rounded(better === 'less' ? Math.min(...all) : Math.max(...all)),
          median: rounded(median(all)),
          roundMedians: rounds.map((values) => rounded(median(values))),
          ...(watched.length === 0 ? {} : { otherCores: watched.map(rounded) }),
        },
      ];
    }),
  );
}

/** The results that belong together: those of one size in one unit. */
export function groups(results: readonly Result[]): Result[][] {
  return [...Map.groupBy(results, ({ size, unit }) => `${size} ${unit}`).values()];
}

export function compare({ units }: Pick<Case, 'units'>, results: readonly Result[]): Row[] {
  return groups(results).flatMap((group) => {
    const ours = group.find(({ side }) => side === 'ours');
    if (ours === undefined) return [];
    return ([...peerNames, 'baseline'] as const).flatMap((peer): Row[] => {
      const best = group
        .filter(({ side }) => side === peer)
        .toSorted((a, b) => (units[a.unit] === 'less' ? a.median - b.median : b.median - a.median))[0];
      if (best === undefined) return [];
      const { case: name, size, unit, median: own } = ours;
      const ratio = rounded(own / best.median);
      return [{ case: name, size, unit, peer, ours: own, theirs: best.median, ratio }];
    });
  });
}

/** Markdown: one table for each size and unit, with ours over each contestant as the ratios. */
export function tables(results: readonly Result[]): string {
  return groups(results).map(table).join('\n\n');
}

function table(group: readonly Result[]): string {
  const ours = group.find(({ side }) => side === 'ours');
  const { size, unit } = group[0]!;
  const ratio = (pick: (result: Result) => number, result: Result): string =>
    ours === undefined || result === ours ? '' : (pick(ours) / pick(result)).toFixed(2);
  const rows = group.map((result) => [
    result.side === 'ours' ? `**${result.contestant}**` : result.contestant,
    String(result.best),
    ratio(({ best }) => best, result),
    String(result.median),
    ratio(({ median: middle }) => middle, result),
    result.roundMedians
      .map((value, i) => {
        const others = result.otherCores?.[i];
        return others === undefined ? String(value) : `${value} (${others.toFixed(2)})`;
      })
      .join(', '),
  ]);
  const watched = group.some(({ otherCores }) => otherCores !== undefined);
  const rounds = `median of each round${watched ? ' (cores busy with others)' : ''}`;
  return [
    [`${size}, ${unit}`, 'best', 'ours/it', 'median', 'ours/it', rounds],
    ['---', '---:', '---:', '---:', '---:', '---'],
    ...rows,
  ]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}
