import { describe, expect, it } from 'vitest';
import { profileOf } from './profile.ts';
import { phaseOf } from './step-phases.ts';

describe('the phase of a node', () => {
  it.each([
    ['D/G/up8/Conv2D', 'D forward'],
    ['D/gradients/Conv2DBackpropFilter_3', 'D backward'],
    ['ConstantFolding/G2/update/Mul', 'G2 update'],
    ['D/KilnAllReduce_1', 'D all-reduce'],
    ['averages/Sub', 'averages'],
    ['KilnAllReduce', 'step'],
    ['_arg_state/networks/G_0_1', 'step'],
  ])('%s: %s', (name, phase) => expect(phaseOf(name)).toBe(phase));
});

describe('a profile', () => {
  const op = (name: string, kind: string, start: number, duration: number) => ({
    name,
    op: kind,
    device: '/job:localhost/replica:0/task:0/device:CPU:0',
    start,
    duration,
  });
  const { spans } = profileOf(7, { asked: 0, fed: 10, ran: 100, read: 103 }, [
    op('D/x/Conv2D', '_MklNativeConv2D', 12, 20),
    op('D/gradients/Conv2DBackpropFilter', 'Conv2DBackpropFilter', 33, 10),
    op('D/KilnAllReduce', 'KilnAllReduce', 44, 30),
    op('D/gradients/Conv2DBackpropInput', 'Conv2DBackpropInput', 45, 15),
    op('D/update/Sub', 'Sub', 75, 5),
  ]);
  const lane = (name: string) => spans.filter((span) => span.lane === name);

  it('shows waiting, running and reading one after the other', () => {
    expect(lane('step').map(({ name, start, duration }) => [name, start, duration])).toEqual([
      ['data wait', 0, 10],
      ['compiled step', 10, 90],
      ['read-back', 100, 3],
    ]);
  });

  it('shows when ops of each phase ran, and exchanges beside them', () => {
    const shown = (name: string) => lane(name).map(({ start, duration }) => [start, duration]);
    expect(shown('D forward')).toEqual([[12, 20]]);
    // What is all-reduced while back-propagation goes on can be seen to.
    expect(shown('D backward')).toEqual([
      [33, 10],
      [45, 15],
    ]);
    expect(shown('D update')).toEqual([[75, 5]]);
    expect(lane('all-reduce')).toMatchObject([{ name: 'D/KilnAllReduce', start: 44, duration: 30 }]);
    expect(lane('ops').map(({ name }) => name)).toEqual([
      'Conv2D',
      'Conv2DBackpropFilter',
      'Conv2DBackpropInput',
      'Sub',
    ]);
  });
});
