import { describe, expect, it } from 'vitest';
import { parseNames, UsageError } from './nearest.ts';

const known = ['step-dcgan', 'step-biggan', 'allreduce'] as const;

describe('names on the command line', () => {
  it('are taken in the order given', () => {
    expect(parseNames('case', 'allreduce,step-dcgan', known)).toEqual(['allreduce', 'step-dcgan']);
  });

  it('are refused with the nearest known one', () => {
    expect(() => parseNames('case', 'step-dcgan,all-reduce', known)).toThrow(
      new UsageError(
        '[bench] no case "all-reduce", did you mean "allreduce"? known: step-dcgan, step-biggan, allreduce',
      ),
    );
  });
});
