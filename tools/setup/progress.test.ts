import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { describeAmount, withProgress } from './progress.mjs';

const half = () => ({ done: 5, total: 10, unit: 'MB' });

function sink(isTTY: boolean) {
  const lines: string[] = [];
  return { isTTY, write: (text: string) => lines.push(text), text: () => lines.join('') };
}

describe('withProgress', () => {
  it('prints a first and a last line without a terminal', async () => {
    const out = sink(false);
    expect(
      await withProgress(
        'packages',
        () => undefined,
        async () => 7,
        out,
      ),
    ).toBe(7);
    expect(out.text()).toBe('kiln set-up: packages\nkiln set-up: packages: done in 0 s\n');
  });

  it('rewrites one line on a terminal', async () => {
    // A real timer may fire a millisecond early, and 499 ms are 0 s.
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const out = sink(true);
    const working = withProgress('wheel', half, () => new Promise((done) => setTimeout(done, 700)), out);
    await vi.advanceTimersByTimeAsync(700);
    await working;
    expect(out.text()).toContain('\r\u001b[Kkiln set-up: wheel (5 of 10 MB, 50 %) 1 s');
    expect(out.text().match(/\n/g)).toHaveLength(1);
  });

  it('passes a failure on', async () => {
    const failing = withProgress(
      'x',
      () => undefined,
      () => Promise.reject(new Error('offline')),
      sink(false),
    );
    await expect(failing).rejects.toThrow('offline');
  });
});

describe('describeAmount', () => {
  it('never claims more than there is', () => {
    expect(describeAmount({ done: 281, total: 274, unit: 'MB' })).toBe('274 of 274 MB, 100 %');
  });
});
