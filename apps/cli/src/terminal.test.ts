import { expect, test } from 'vitest';
import { Terminal } from './terminal.ts';

const bar = { fraction: 0.5, amount: '50.0/100.0 kimg', phase: 'training' };

function screen(isTTY: boolean, env: NodeJS.ProcessEnv = {}) {
  const written = { out: '', err: '' };
  const stdout = { isTTY, write: (text: string) => (written.out += text) };
  const stderr = { isTTY, columns: 80, write: (text: string) => (written.err += text) };
  return { terminal: new Terminal(stdout, stderr, env), written };
}

test('on a terminal the bar is redrawn below every line, and goes at the end', () => {
  const { terminal, written } = screen(true);
  terminal.progress(bar);
  const drawn = '[===============               ]  50%  50.0/100.0 kimg  training';
  expect(written.err).toBe(`\r\u001B[2K${drawn}`);
  terminal.print('tick 1');
  expect(written.out).toBe('tick 1\n');
  expect(written.err).toBe(`\r\u001B[2K${drawn}\r\u001B[2K${drawn}`);
  terminal.endProgress();
  expect(written.err.endsWith('\r\u001B[2K')).toBe(true);
  expect(terminal.style('red', 'x')).toBe('\u001B[31mx\u001B[39m');
});

test.each([
  ['without a terminal', false, {}],
  ['with NO_COLOR', true, { NO_COLOR: '1' }],
  ['with TERM=dumb', true, { TERM: 'dumb' }],
])('%s there is neither colour nor bar', (_, isTTY, env) => {
  const { terminal, written } = screen(isTTY, env);
  terminal.progress(bar);
  terminal.print(terminal.style('red', 'a'));
  terminal.note(terminal.styleNote('bold', 'b'));
  terminal.endProgress();
  expect(written).toEqual({ out: 'a\n', err: 'b\n' });
  expect(terminal.hasBar).toBe(false);
});
