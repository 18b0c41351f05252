/** Ctrl-C and its kin, counted: the first asks for an orderly end, the second for an end. */

/** A terminal, npm and npx each pass one Ctrl-C on: signals this close together are one. */
export const sameSignalMs = 500;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof signals)[number];

export interface StopHandlers {
  first(signal: StopSignal): void;
  second(signal: StopSignal): void;
}

/** Returns what undoes it. */
export function onStopSignals(
  handlers: StopHandlers,
  source: NodeJS.EventEmitter = process,
  now = () => performance.now(),
): () => void {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  const listeners = signals.map((signal) => {
    const listener = (): void => {
      const isEcho = now() - last < sameSignalMs;
      last = now();
      if (isEcho) return;
      count += 1;
      if (count === 1) handlers.first(signal);
      else handlers.second(signal);
    };
    source.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) source.off(signal, listener);
  };
}
