/** Picks the root cause of a failed run: the first failure reported, unless it only tells of another rank's. */
import type { Failure, RootCause } from '@kiln/control';
import type { Member } from './member.ts';

export interface BlameOptions {
  /** How long a report of a lost peer waits for the loss itself to be seen. */
  windowMs: number;
  at(rank: number): Member | undefined;
  onCause(cause: RootCause): void;
}

export class Blame {
  cause: RootCause | undefined;
  private readonly options: BlameOptions;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: BlameOptions) {
    this.options = options;
  }

  /** A worker's own report of why it leaves. */
  report(member: Member, failure: Failure): void {
    if (this.cause) return;
    if (failure.kind !== 'peer-lost') {
      this.settle(of(member, failure.kind, `${member.title} failed: ${failure.message}`));
      return;
    }
    // Survivors notice a death at about the same time as we do: whoever died is told by its broken stream.
    this.timer ??= setTimeout(() => this.accuse(member, failure), this.options.windowMs);
  }

  lost(member: Member, how: string): void {
    const { phase, step } = member.progress;
    this.settle(of(member, 'worker-lost', `${member.title} ${how} in phase ${phase} at step ${step}`));
  }

  other(failure: Failure): void {
    this.settle({ kind: failure.kind, message: failure.message, rank: null, host: '', pid: 0 });
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private accuse(witness: Member, failure: Failure): void {
    const suspect = failure.suspect === undefined ? undefined : this.options.at(failure.suspect);
    const report = `(reported by ${witness.title}: ${failure.message})`;
    if (suspect)
      this.settle(of(suspect, 'worker-lost', `${suspect.title} fell silent in a collective ${report}`));
    else
      this.settle({
        kind: 'worker-lost',
        message: `a worker was lost in a collective ${report}`,
        rank: null,
        host: '',
        pid: 0,
      });
  }

  private settle(cause: RootCause): void {
    if (this.cause) return;
    this.stop();
    this.cause = cause;
    this.options.onCause(cause);
  }
}

const of = (member: Member, kind: RootCause['kind'], message: string): RootCause => ({
  kind,
  message,
  rank: member.rank,
  host: member.request.host,
  pid: member.request.pid,
});
