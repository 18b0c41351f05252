/** What dividing a batch over workers costs: as many workers with one thread as one worker has threads. */
import type { Case, Contestant } from '../case.ts';
import { type Post, startTeam, type Team } from '../scaling/team.ts';

const unit = 'images/s';
const batch = 64;

/** Workers with one thread each; in a group they train the whole batch together, alone each trains its share. */
function posts(workers: number, group: string | null): Post[] {
  const together = group !== null;
  return Array.from({ length: workers }, (_, rank) => ({
    group,
    rank: together ? rank : 0,
    worldSize: together ? workers : 1,
    batch: together ? batch : batch / workers,
    threads: 1,
    resolution: 32,
  }));
}

export const scaling: Case = {
  about: 'a step of a DCGAN for 32x32 images on one worker with N threads, and on N workers with one',
  sizes: [`batch ${batch}`],
  peers: [],
  units: { [unit]: 'more' },
  enter: async (_, { threads, quick }) => {
    const contestant = (name: string, side: Contestant['side'], team: Team): Contestant => ({
      name,
      side,
      measure: async () => {
        const taken = await team.measure(quick ? 1 : 12);
        return { values: { [unit]: taken.map((ms) => (1000 * batch) / ms) } };
      },
      stop: () => team.stop(),
    });
    // One after the other, as a team takes a few steps when it starts.
    const one = await startTeam([{ group: null, rank: 0, worldSize: 1, batch, threads, resolution: 32 }]);
    const many = await startTeam(posts(threads, `bench-scaling-${process.pid}`));
    const alone = await startTeam(posts(threads, null));
    return [
      contestant(`1 worker x ${threads} threads`, 'baseline', one),
      contestant(`${threads} workers x 1 thread`, 'ours', many),
      contestant(`${threads} x 1 without all-reduce`, 'aside', alone),
    ];
  },
};
