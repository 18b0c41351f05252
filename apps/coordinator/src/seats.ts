/** Who sits where in this generation, and who may speak for a seat. */
import { ControlError, limits, type JoinRequest, type RunRef, type Seat } from '@kiln/control';
import { Member } from './member.ts';

export class Seats {
  readonly worldSize: number;
  private readonly run: RunRef;
  private readonly intervalMs: number;
  private readonly byRank = new Map<number, Member>();

  constructor(run: RunRef, worldSize: number, intervalMs: number) {
    this.run = run;
    this.worldSize = worldSize;
    this.intervalMs = intervalMs;
  }

  get members(): Member[] {
    return [...this.byRank.values()].toSorted((a, b) => a.rank - b.rank);
  }

  get present(): Member[] {
    return this.members.filter((member) => member.present);
  }

  get full(): boolean {
    return this.byRank.size === this.worldSize;
  }

  get missing(): number[] {
    return Array.from({ length: this.worldSize }, (_, rank) => rank).filter((rank) => !this.byRank.has(rank));
  }

  at(rank: number): Member | undefined {
    return this.byRank.get(rank);
  }

  /** Seats a worker; one that asks again keeps its seat. */
  take(request: JoinRequest, nowMs: number): Member {
    this.check(request);
    const again = this.members.find(({ request: { incarnation } }) => incarnation === request.incarnation);
    if (again) return again;
    const rank = request.rank ?? this.missing[0];
    const holder = rank === undefined ? undefined : this.byRank.get(rank);
    if (rank === undefined || holder) throw this.taken(request, holder);
    const member = new Member(rank, request, this.intervalMs, nowMs);
    this.byRank.set(rank, member);
    return member;
  }

  /** The worker that holds this seat, or the reason why the caller must end. */
  authorize(seat: Seat): Member {
    const { runId, generation } = this.run;
    if (seat.runId !== runId || seat.generation !== generation) {
      throw new ControlError(
        'stale-generation',
        `this is run ${runId} generation ${generation}, the call is of run ${seat.runId} generation ${seat.generation}; that worker must end`,
      );
    }
    const member = this.byRank.get(seat.rank);
    if (!member)
      throw new ControlError('invalid', `seat.rank: expected 0 to ${this.worldSize - 1}, got ${seat.rank}`);
    if (!member.present) {
      const why = member.state === 'lost' ? 'was declared lost' : 'has left';
      throw new ControlError(
        'stale-generation',
        `${member.title} ${why}; its seat is closed and it must end`,
      );
    }
    return member;
  }

  private check({ protocol, runId, rank }: JoinRequest): void {
    if (protocol !== limits.protocolVersion) {
      throw new ControlError(
        'invalid',
        `protocol: the coordinator speaks ${limits.protocolVersion}, the worker ${protocol}; start both from the same version`,
      );
    }
    if (runId !== '' && runId !== this.run.runId) {
      throw new ControlError('invalid', `run_id: this is run ${this.run.runId}, the worker expects ${runId}`);
    }
    if (rank !== undefined && rank >= this.worldSize) {
      throw new ControlError(
        'invalid',
        `--rank: expected 0 to ${this.worldSize - 1} (of ${this.worldSize} workers), got ${rank}`,
      );
    }
  }

  private taken(request: JoinRequest, holder: Member | undefined): ControlError {
    const who = holder
      ? holder.title
      : `all ${this.worldSize}: ${this.members.map(({ title }) => title).join(', ')}`;
    return new ControlError(
      'seat-taken',
      `no seat for ${request.host} pid ${request.pid}: taken by ${who}; start no more workers than --workers`,
    );
  }
}
