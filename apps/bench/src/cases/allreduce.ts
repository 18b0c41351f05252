/** All-reduce between two processes of this machine, beside gloo and what the machine allows. */
import { gloo, kiln, limits, type Program } from '../allreduce/contestants.ts';
import type { Case, Contestant } from '../case.ts';

const unit = 'GB/s';

/** Enough repetitions for a median, few enough for all sizes to take about as long. */
function repetitionsFor(megabytes: number): number {
  return Math.max(4, Math.min(megabytes < 1 ? 100 : 30, Math.round(600 / megabytes)));
}

export const allReduce: Case = {
  about: 'sum of one float32 buffer over two processes of one host',
  sizes: ['0.02 MB', '1 MB', '16 MB', '64 MB', '256 MB'],
  peers: ['torch'],
  units: { [unit]: 'more' },
  enter: async (programs, { quick }) => {
    const contestant = (name: string, side: Contestant['side'], program: Program): Contestant => ({
      name,
      side,
      measure: async (size) => {
        const megabytes = Number.parseFloat(size);
        const taken = await program.measure(megabytes, quick ? 1 : repetitionsFor(megabytes));
        return { values: { [unit]: taken.map((nanoseconds) => (megabytes * 1e6) / nanoseconds) } };
      },
      stop: () => program.stop(),
    });
    const { inPlace, swap } = await limits();
    const torch = programs.get('torch');
    return [
      contestant('limit: in place in shared memory', 'aside', inPlace),
      contestant('limit: swap over TCP', 'aside', swap),
      ...(torch === undefined ? [] : [contestant('PyTorch gloo', 'torch', gloo(torch))]),
      contestant('Kiln', 'ours', await kiln('memory')),
      contestant('Kiln over ZeroMQ', 'aside', await kiln('plain')),
      contestant('Kiln over ZeroMQ, encrypted', 'aside', await kiln('curve')),
    ];
  },
};
