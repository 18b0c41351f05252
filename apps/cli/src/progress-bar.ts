/** One line: a bar, the share done, images shown, and how long it will still take. Pure. */
import { formatSeconds } from './quantities.ts';

export interface BarState {
  /** 0 to 1. */
  readonly fraction: number;
  /** How much is done of how much, such as `12.0/20.0 kimg`. */
  readonly amount: string;
  readonly phase: string;
  /** Undefined while there is nothing to judge by. */
  readonly secondsLeft?: number | undefined;
}

export function renderBar({ fraction, amount, phase, secondsLeft }: BarState, columns: number): string {
  const share = Math.min(1, Math.max(0, fraction));
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const left = secondsLeft === undefined ? '' : `  ${formatSeconds(secondsLeft)} left`;
  const text = ` ${percent}  ${amount}  ${phase}${left}`;
  const width = Math.min(30, columns - text.length - 2);
  if (width < 5) return text.trim().slice(0, Math.max(0, columns));
  const done = Math.round(share * width);
  return `[${'='.repeat(done)}${' '.repeat(width - done)}]${text}`;
}
