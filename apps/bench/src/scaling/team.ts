/** Workers that train one game, each in a process of its own. They stay alive for the whole run and wait while others are timed. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What one worker is told at its start. */
export interface Post {
  /** Of the group that sums gradients; null: this worker trains alone. */
  readonly group: string | null;
  readonly rank: number;
  readonly worldSize: number;
  /** Global batch of the group. */
  readonly batch: number;
  readonly threads: number;
  /** Side of the images, 8 or 32. */
  readonly resolution: number;
  readonly bucketBytes?: number;
}

export interface StepsRequest {
  readonly steps: number;
}

export interface Team {
  /** Milliseconds of each step on the first worker, while all others take as many. */
  measure(steps: number): Promise<number[]>;
  stop(): void;
}

/** Returns when all workers have compiled their step and taken a few. */
export async function startTeam(posts: readonly Post[]): Promise<Team> {
  const workers = posts.map((post) =>
    fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(post)], {
      execArgv: ['--conditions=@kiln/source'],
    }),
  );
  const answers = async (): Promise<unknown[]> =>
    Promise.all(
      workers.map(async (worker) => {
        const ended = new AbortController();
        const exit = once(worker, 'exit', { signal: ended.signal }).then(() => {
          throw new Error('a worker ended');
        });
        try {
          const [answer] = (await Promise.race([once(worker, 'message'), exit])) as [unknown];
          return answer;
        } finally {
          ended.abort();
          exit.catch(() => undefined);
        }
      }),
    );
  await answers();
  return {
    measure: async (steps) => {
      const taken = answers();
      for (const worker of workers) worker.send({ steps } satisfies StepsRequest);
      return (await taken)[0] as number[];
    },
    stop: () => {
      for (const worker of workers) if (worker.connected) worker.disconnect();
    },
  };
}
