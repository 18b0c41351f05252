/** Lets the contestants of a case take turns, so that what else the machine does meets all alike. */
import type { Case, Contestant, Turn } from './case.ts';

/** All turns of one contestant at one size. */
export interface Track {
  readonly contestant: Pick<Contestant, 'name' | 'side'>;
  readonly size: string;
  readonly turns: readonly Turn[];
}

/** Who fails a turn is named through `report` and left out from then on; its earlier turns at that size are dropped. */
export async function race(
  { sizes }: Pick<Case, 'sizes'>,
  contestants: readonly Contestant[],
  rounds: number,
  report: (line: string) => void,
): Promise<Track[]> {
  const failed = new Set<Contestant>();
  const tracks: Track[] = [];
  for (const size of sizes) {
    const turns = new Map<Contestant, Turn[]>(contestants.map((contestant) => [contestant, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const [contestant, own] of turns) {
        if (failed.has(contestant)) continue;
        try {
          own.push(await contestant.measure(size));
          report(`${size}, round ${round}: ${contestant.name}`);
        } catch (error) {
          failed.add(contestant);
          report(`${size}, round ${round}: ${contestant.name} is out: ${(error as Error).message}`);
        }
      }
    }
    for (const [contestant, own] of turns)
      if (!failed.has(contestant)) tracks.push({ contestant, size, turns: own });
  }
  return tracks;
}
