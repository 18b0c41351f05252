import { describe, expect, it } from 'vitest';
import { help, parseOptions } from './options.ts';

describe('the command line of the benchmarks', () => {
  it('takes all cases and whoever is installed by default', () => {
    expect(parseOptions([])).toMatchObject({ peers: null, rounds: 3, threads: 2, json: null, svg: false });
  });

  it('takes lists of cases and peers', () => {
    const args = ['--cases', 'allreduce,step-dcgan', '--peers', 'torch,tensorflow', '--rounds', '5'];
    expect(parseOptions(args)).toMatchObject({
      cases: ['allreduce', 'step-dcgan'],
      peers: ['torch', 'tensorflow'],
      rounds: 5,
    });
    expect(parseOptions(['--peers', 'none'])).toMatchObject({ peers: [] });
  });

  it.each([
    [['--cases', 'step-dcgam'], 'no case "step-dcgam", did you mean "step-dcgan"?'],
    [['--peers', 'pytorch'], 'no peer "pytorch", did you mean "torch"?'],
    [['--cases', 'allreduce', '--peers', 'jax'], 'jax is no peer of allreduce; theirs: torch'],
    [['--rounds', '0'], '--rounds must be a whole number from 1, got "0"'],
    [['--turns', '2'], "Unknown option '--turns'"],
    [['step'], "Unexpected argument 'step'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('has every case in its help', () => {
    expect(parseOptions(['--help'])).toBeNull();
    expect(help()).toContain('allreduce');
  });
});
