/** Finds silent workers. Only monotonic time counts, and time in which the coordinator itself stood still does not. */
import type { Member } from './member.ts';

export interface LivenessOptions {
  timeoutMs: number;
  startupTimeoutMs: number;
  present(): Member[];
  onSilent(member: Member, silentMs: number): void;
}

const checkEveryMs = 100;
/** A longer pause between two checks means that this process, or the whole machine, was stopped. */
const standstillMs = 1_000;

export class Liveness {
  private readonly options: LivenessOptions;
  private checkedAtMs: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: LivenessOptions) {
    this.options = options;
  }

  start(): void {
    this.timer = setInterval(() => this.check(performance.now()), checkEveryMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  check(nowMs: number): void {
    const gapMs = nowMs - (this.checkedAtMs ?? nowMs);
    this.checkedAtMs = nowMs;
    const present = this.options.present();
    // Beats that wait in the socket are not read yet: everyone gets the lost time back.
    if (gapMs > standstillMs)
      for (const member of present) member.heardAtMs = Math.min(nowMs, member.heardAtMs + gapMs);
    for (const member of present) {
      const limitMs = member.slowToStart ? this.options.startupTimeoutMs : this.options.timeoutMs;
      const silentMs = nowMs - member.heardAtMs;
      if (silentMs > limitMs) this.options.onSilent(member, silentMs);
    }
  }
}
