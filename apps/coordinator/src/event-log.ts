/** What watchers see: numbered events, the latest kept for those who come late. */
import type { RunEvent, RunRef, WatchSink, WatchedEvent } from '@kiln/control';

const numKept = 2_000;

export class EventLog {
  private readonly run: RunRef;
  private readonly kept: WatchedEvent[] = [];
  private readonly sinks = new Set<WatchSink>();
  private sequence = 0;
  private closed = false;

  constructor(run: RunRef) {
    this.run = run;
  }

  add(event: RunEvent): void {
    this.sequence += 1;
    const numbered: WatchedEvent = { ...event, run: this.run, sequence: this.sequence };
    this.kept.push(numbered);
    if (this.kept.length > numKept) this.kept.shift();
    for (const sink of this.sinks) if (!sink.send(numbered)) this.sinks.delete(sink);
  }

  /** Sends what is kept after `afterSequence`, then all that comes. Returns how to stop. */
  watch(afterSequence: number, sink: WatchSink): () => void {
    for (const event of this.kept) if (event.sequence > afterSequence) sink.send(event);
    if (this.closed) sink.end();
    else this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  close(): void {
    this.closed = true;
    for (const sink of this.sinks) sink.end();
    this.sinks.clear();
  }
}
