/** How large the buckets should be in which gradients are summed between workers. */
import { defaultBucketBytes } from '@kiln/collectives';
import type { Case, Contestant } from '../case.ts';
import { startTeam, type Team } from '../scaling/team.ts';

const unit = 'ms a step';
const mebibyte = 2 ** 20;
const bucketBytes = [1 / 16, 1 / 4, 1, 4, 16, 64].map((size) => size * mebibyte);
const resolutions = { 'DCGAN, 8x8': 8, 'DCGAN, 32x32': 32 };
const batch = 64;

/** `workers` of them with one thread each, one team at a time for the size that is asked for. */
function contestant(bytes: number, workers: number, repetitions: number): Contestant {
  let current: { size: string; team: Team } | undefined;
  const stop = (): void => current?.team.stop();
  return {
    name: bytes < mebibyte ? `${bytes / 1024} KiB` : `${bytes / mebibyte} MiB`,
    side: bytes === defaultBucketBytes ? 'ours' : 'aside',
    measure: async (size) => {
      if (current?.size !== size) {
        stop();
        const resolution = resolutions[size as keyof typeof resolutions];
        const group = `bench-buckets-${process.pid}-${bytes}-${resolution}`;
        const post = { group, worldSize: workers, batch, threads: 1, resolution, bucketBytes: bytes };
        const team = await startTeam(Array.from({ length: workers }, (_, rank) => ({ ...post, rank })));
        current = { size, team };
      }
      return { values: { [unit]: await current.team.measure(repetitions) } };
    },
    stop,
  };
}

export const buckets: Case = {
  about: 'a training step of two or more workers with buckets of gradients of several sizes',
  sizes: Object.keys(resolutions),
  peers: [],
  units: { [unit]: 'less' },
  enter: (_, { threads, quick }) =>
    Promise.resolve(bucketBytes.map((bytes) => contestant(bytes, threads, quick ? 1 : 20))),
};
