/** The results of an all-reduce run as a table and as Markdown. */
import { cpus, release, totalmem } from 'node:os';

export interface Cell {
  contestant: string;
  megabytes: number;
  /** Nanoseconds of every repetition, of all rounds. */
  nanoseconds: number[];
}

export interface Row {
  contestant: string;
  megabytes: number;
  repetitions: number;
  /** 10^9 bytes of the buffer per second. */
  bestGBps: number;
  medianGBps: number;
}

export function summarise({ contestant, megabytes, nanoseconds }: Cell): Row {
  const sorted = nanoseconds.toSorted((a, b) => a - b);
  const rate = (time: number): number => Number(((megabytes * 1e6) / time).toFixed(2));
  return {
    contestant,
    megabytes,
    repetitions: sorted.length,
    bestGBps: rate(sorted[0] as number),
    medianGBps: rate(sorted[sorted.length >> 1] as number),
  };
}

/** Kiln's medians over gloo's, by size. */
export function ratios(rows: readonly Row[]): Map<number, number> {
  const median = (name: string, megabytes: number): number | undefined =>
    rows.find((row) => row.contestant === name && row.megabytes === megabytes)?.medianGBps;
  const result = new Map<number, number>();
  for (const { megabytes } of rows) {
    const [ours, theirs] = [median('Kiln', megabytes), median('PyTorch gloo', megabytes)];
    if (ours !== undefined && theirs !== undefined) result.set(megabytes, Number((ours / theirs).toFixed(1)));
  }
  return result;
}

export function table(rows: readonly Row[]): string {
  const sizes = [...new Set(rows.map(({ megabytes }) => megabytes))];
  const names = [...new Set(rows.map(({ contestant }) => contestant))];
  const cell = (name: string, size: number): string => {
    const row = rows.find(({ contestant, megabytes }) => contestant === name && megabytes === size);
    return row === undefined ? '' : `${row.medianGBps.toFixed(2)} (${row.bestGBps.toFixed(2)})`;
  };
  const lines = [
    ['GB/s, median (best)', ...sizes.map((size) => `${size} MB`)],
    ['---', ...sizes.map(() => '---:')],
    ...names.map((name) => [name, ...sizes.map((size) => cell(name, size))]),
  ];
  const found = ratios(rows);
  if (found.size > 0) {
    lines.push(['**Kiln / gloo**', ...sizes.map((size) => `**${found.get(size)?.toFixed(1) ?? ''}x**`)]);
  }
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

export function machine(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
}
