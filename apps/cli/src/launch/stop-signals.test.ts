import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { onStopSignals, sameSignalMs } from './stop-signals.ts';

test('one Ctrl-C that arrives several times counts once; a later one is the second', () => {
  const source = new EventEmitter();
  const handlers = { first: vi.fn<(signal: string) => void>(), second: vi.fn<(signal: string) => void>() };
  let now = 0;
  const undo = onStopSignals(handlers, source, () => now);
  source.emit('SIGINT');
  now = 5;
  source.emit('SIGINT');
  source.emit('SIGTERM');
  expect(handlers.first).toHaveBeenCalledExactlyOnceWith('SIGINT');
  expect(handlers.second).not.toHaveBeenCalled();
  now = 5 + sameSignalMs;
  source.emit('SIGTERM');
  expect(handlers.second).toHaveBeenCalledExactlyOnceWith('SIGTERM');
  undo();
  expect(source.eventNames()).toEqual([]);
});
