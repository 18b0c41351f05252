/** A ring of ranks that play the transport's own schedule without data: every message is a list of the ranks that added to it. */
import type { RingHop } from '../binding.ts';

interface Message {
  readonly origin: number;
  readonly chunk: number;
  readonly hop: number;
  readonly sentAt: number;
  /** Ranks in the order in which they added their part. */
  readonly parts: number[];
}

export interface SimulatedRank {
  /** What was kept, by `origin:chunk`. */
  readonly kept: Map<string, number[]>;
  /** Messages with data. */
  sent: number;
  /** Own chunks that may still start, and that have started and are not back. */
  toStart: number;
  underWay: number;
  readonly inbox: Message[];
}

export interface Simulation {
  readonly ranks: readonly SimulatedRank[];
  /** In each round a rank takes and sends at most one message. */
  readonly rounds: number;
  /** The most messages that waited for one rank at a time. */
  readonly longestInbox: number;
}

/** Throws when a rank adds to or keeps what it must not, or when nothing moves though not all is done. */
export function simulateRing(
  hops: readonly RingHop[],
  { worldSize, chunks, maxUnderWay }: { worldSize: number; chunks: number; maxUnderWay: number },
): Simulation {
  const ranks = Array.from({ length: worldSize }, (): SimulatedRank => ({
    kept: new Map(),
    sent: 0,
    toStart: chunks,
    underWay: 0,
    inbox: [],
  }));
  let round = 0;
  let longestInbox = 0;
  const send = (from: number, message: Omit<Message, 'sentAt'>): void => {
    const { adds, keeps } = hops[message.hop - 1]!;
    if (adds || keeps) ranks[from]!.sent++;
    ranks[(from + 1) % worldSize]!.inbox.push({ ...message, sentAt: round });
  };
  const take = (rank: number, { origin, chunk, hop, parts }: Message): void => {
    const self = ranks[rank]!;
    const work = hops[hop - 1]!;
    const name = `${origin}:${chunk}`;
    if (work.adds) parts.push(rank);
    if (work.keeps) {
      if (self.kept.has(name)) throw new Error(`rank ${rank} gets ${name} twice`);
      self.kept.set(name, parts);
    }
    if (work.returns) {
      if (rank !== origin) throw new Error(`${name} returns to rank ${rank}`);
      self.underWay--;
    }
    if (work.forwards) send(rank, { origin, chunk, hop: hop + 1, parts });
  };
  const busy = (): boolean => ranks.some(({ inbox, toStart }) => inbox.length > 0 || toStart > 0);
  while (busy()) {
    round++;
    let moved = false;
    for (const [rank, self] of ranks.entries()) {
      // Only what was sent in an earlier round has arrived.
      if (self.inbox[0] !== undefined && self.inbox[0].sentAt < round) {
        take(rank, self.inbox.shift()!);
        moved = true;
      } else if (self.toStart > 0 && self.underWay < maxUnderWay) {
        self.underWay++;
        send(rank, { origin: rank, chunk: chunks - self.toStart--, hop: 1, parts: [rank] });
        moved = true;
      }
    }
    for (const { inbox } of ranks) longestInbox = Math.max(longestInbox, inbox.length);
    if (!moved) throw new Error(`nothing moves in round ${round}`);
  }
  return { ranks, rounds: round, longestInbox };
}
