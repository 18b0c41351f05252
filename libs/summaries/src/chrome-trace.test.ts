import { describe, expect, it } from 'vitest';
import { chromeTrace } from './chrome-trace.ts';

interface Event {
  ph: string;
  pid: number;
  tid: number;
  name: string;
  ts: number;
  dur: number;
  args: Record<string, unknown>;
}

const eventsOf = (text: string): Event[] => (JSON.parse(text) as { traceEvents: Event[] }).traceEvents;

describe('a chrome trace', () => {
  const text = chromeTrace([
    {
      id: 0,
      name: 'rank 0',
      spans: [
        { lane: 'phases', name: 'forward', start: 1_700_000_000_000_100, duration: 50 },
        {
          lane: 'all-reduce',
          name: 'gradients/0',
          start: 1_700_000_000_000_120,
          duration: 60.5,
          args: { bytes: 8 },
        },
        { lane: 'all-reduce', name: 'gradients/1', start: 1_700_000_000_000_130, duration: 10 },
        { lane: 'all-reduce', name: 'gradients/2', start: 1_700_000_000_000_140, duration: 5 },
      ],
    },
    {
      id: 1,
      name: 'rank 1',
      spans: [{ lane: 'phases', name: 'forward', start: 1_700_000_000_000_095, duration: 1 }],
    },
  ]);
  const spans = eventsOf(text).filter(({ ph }) => ph === 'X');

  it('counts microseconds from its first span', () => {
    expect(spans.map(({ pid, name, ts, dur }) => [pid, name, ts, dur])).toEqual([
      [0, 'forward', 5, 50],
      [0, 'gradients/0', 25, 60.5],
      [0, 'gradients/1', 35, 10],
      [0, 'gradients/2', 45, 5],
      [1, 'forward', 0, 1],
    ]);
  });

  it('puts spans that overlap into rows of their own, and uses a row again when it is free', () => {
    const names = new Map(
      eventsOf(text)
        .filter(({ name, pid }) => name === 'thread_name' && pid === 0)
        .map(({ tid, args }) => [tid, args['name']]),
    );
    expect(spans.slice(0, 4).map(({ tid }) => names.get(tid))).toEqual([
      'phases',
      'all-reduce',
      'all-reduce 2',
      'all-reduce 2',
    ]);
    expect(spans[1]!.args).toEqual({ bytes: 8 });
  });

  it('names its processes, and may be empty', () => {
    const named = eventsOf(text).filter(({ name }) => name === 'process_name');
    expect(named.map(({ pid, args }) => [pid, args['name']])).toEqual([
      [0, 'rank 0'],
      [1, 'rank 1'],
    ]);
    expect(eventsOf(chromeTrace([]))).toEqual([]);
  });
});
