/** Chrome's trace format, which chrome://tracing and Perfetto open: what happened when, in lanes of processes. */

export interface Span {
  /** The row it is drawn in; rows come in the order in which they are first used. */
  readonly lane: string;
  readonly name: string;
  /** Microseconds, from a zero that all processes share. */
  readonly start: number;
  readonly duration: number;
  /** What is shown when it is selected. */
  readonly args?: Readonly<Record<string, string | number>>;
}

export interface TracedProcess {
  readonly id: number;
  readonly name: string;
  readonly spans: readonly Span[];
}

/** The file's text. Times start at the first span of all. */
export function chromeTrace(processes: readonly TracedProcess[]): string {
  const zero = processes.reduce(
    (least, { spans }) => spans.reduce((start, span) => Math.min(start, span.start), least),
    Number.POSITIVE_INFINITY,
  );
  const events: object[] = [];
  for (const { id: pid, name, spans } of processes) {
    events.push(
      { ph: 'M', pid, name: 'process_name', args: { name } },
      { ph: 'M', pid, name: 'process_sort_index', args: { sort_index: pid } },
    );
    let tid = 0;
    for (const [lane, own] of Map.groupBy(spans, (span) => span.lane)) {
      for (const [index, row] of rowsOf(own).entries()) {
        tid += 1;
        const title = index === 0 ? lane : `${lane} ${index + 1}`;
        events.push(
          { ph: 'M', pid, tid, name: 'thread_name', args: { name: title } },
          { ph: 'M', pid, tid, name: 'thread_sort_index', args: { sort_index: tid } },
        );
        for (const { name: label, start, duration, args } of row)
          events.push({
            ph: 'X',
            pid,
            tid,
            name: label,
            ts: round(start - zero),
            dur: round(duration),
            ...(args === undefined ? {} : { args }),
          });
      }
    }
  }
  return `{"displayTimeUnit":"ms","traceEvents":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}

/** A row can only show spans that do not overlap: each goes to the first row that is free. */
function rowsOf(spans: readonly Span[]): Span[][] {
  const rows: Span[][] = [];
  const free: number[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const found = free.findIndex((until) => until <= span.start);
    const row = found < 0 ? rows.push([]) - 1 : found;
    rows[row]!.push(span);
    free[row] = span.start + span.duration;
  }
  return rows;
}

const round = (microseconds: number): number => Math.round(microseconds * 1000) / 1000;
