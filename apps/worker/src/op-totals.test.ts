import { expect, it } from 'vitest';
import { opTotals } from './op-totals.ts';

const op = (name: string, kind: string, start: number, duration: number) => ({
  name,
  op: kind,
  device: 'CPU:0',
  start,
  duration,
});

it('adds up over steps, by kind and by node, longest first', () => {
  const totals = opTotals([
    {
      step: 1,
      spans: [],
      ops: [op('a', 'Conv2D', 0, 3000), op('b', 'Add', 1000, 500), op('c', 'Conv2D', 3000, 1200)],
    },
    { step: 2, spans: [], ops: [op('a', 'Conv2D', 9000, 5000), op('b', 'Add', 14_000, 500)] },
  ]);
  expect(totals).toEqual({
    steps: 2,
    stepMs: 5.5,
    opMs: 5.1,
    byOp: [
      { name: 'Conv2D', op: 'Conv2D', count: 1.5, ms: 4.6 },
      { name: 'Add', op: 'Add', count: 1, ms: 0.5 },
    ],
    longest: [
      { name: 'a', op: 'Conv2D', count: 1, ms: 4 },
      { name: 'c', op: 'Conv2D', count: 0.5, ms: 0.6 },
      { name: 'b', op: 'Add', count: 1, ms: 0.5 },
    ],
  });
});
