/** Shows a run to a person: what the coordinator tells becomes lines and a bar. */
import type { LogEntry, RunStatus, WatchedEvent } from '@kiln/control';
import type { RunConfig } from '../run-config.ts';
import { formatKimg } from '../quantities.ts';
import type { Terminal } from '../terminal.ts';
import { tickLine } from '../tick-line.ts';

export class RunView {
  readonly #terminal: Terminal;
  readonly #config: RunConfig;
  readonly #beganAt = performance.now();
  /** Where the bar's estimate of the time left starts. */
  #pace: { readonly at: number; readonly step: number } | undefined;

  constructor(terminal: Terminal, config: RunConfig) {
    this.#terminal = terminal;
    this.#config = config;
  }

  get elapsedSeconds(): number {
    return (performance.now() - this.#beganAt) / 1000;
  }

  event(event: WatchedEvent): void {
    if (event.kind === 'tick') this.#terminal.print(tickLine(event.tick, this.elapsedSeconds));
    if (event.kind === 'log') this.#log(event.log);
    if (event.kind === 'status') this.status(event.status);
  }

  status({ state, step, kimg, workers }: RunStatus): void {
    const phase = state === 'running' ? (workers[0]?.phase ?? 'starting') : state;
    const now = performance.now();
    if (phase === 'training' && this.#pace === undefined) this.#pace = { at: now, step };
    const { steps, kimg: totalKimg } = this.#config;
    const made = step - (this.#pace?.step ?? step);
    const secondsLeft =
      state === 'running' && made > 0 && this.#pace
        ? ((now - this.#pace.at) / 1000 / made) * (steps - step)
        : undefined;
    this.#terminal.progress({
      fraction: step / steps,
      amount: `${formatKimg(Math.max(kimg, (totalKimg * step) / steps))}/${formatKimg(totalKimg)} kimg`,
      phase,
      secondsLeft,
    });
  }

  /** The chapters of the log are for log.jsonl; here only what a person must see. */
  #log({ level, source, message, fieldsJson }: LogEntry): void {
    // An error with a kind is the root cause, which the run's outcome tells.
    const isCause = level === 'error' && fieldsJson.includes('"kind"');
    if (level === 'info' || isCause) return;
    const label =
      level === 'error'
        ? this.#terminal.styleNote('red', 'error')
        : this.#terminal.styleNote('yellow', 'warning');
    this.#terminal.note(`${label} ${source}: ${message}`);
  }
}
