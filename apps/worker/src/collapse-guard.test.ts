import { expect, test } from 'vitest';
import { CollapseGuard } from './collapse-guard.ts';
import type { OnCollapse } from './run-config.ts';

async function guardAfterSpike(
  onCollapse: OnCollapse,
): Promise<{ guard: CollapseGuard; warnings: string[] }> {
  const warnings: string[] = [];
  const guard = new CollapseGuard({
    onCollapse,
    warn: async (message, step) => void warnings.push(`${step}: ${message}`),
  });
  for (let tick = 1; tick <= 6; tick++)
    await guard.observe({
      step: tick * 10,
      metrics: { 'loss/D': tick === 6 ? 99 : 1, 'loss/G': tick === 6 ? 88 : 1 },
    });
  return { guard, warnings };
}

test('a collapse is told once and has no consequence where only a warning was asked for', async () => {
  const { guard, warnings } = await guardAfterSpike('warn');
  expect(warnings).toEqual([
    '60: this may be a collapse (loss-spike): loss/D is 99.00 in size, it was at most 1.000',
  ]);
  expect(guard.collapsedAfter).toBeUndefined();
  expect(guard.goodStep).toBeUndefined();
});

test.each(['stop', 'rollback'] as const)(
  'with %s all ranks learn of the last good step, until it is done',
  async (action) => {
    const { guard } = await guardAfterSpike(action);
    expect(guard.collapsedAfter).toBe(50);
    expect(guard.reason).toContain('loss-spike: loss/D is 99.00');
    expect(guard.goodStep).toBe(50);
    guard.reset(40);
    expect(guard.collapsedAfter).toBeUndefined();
    expect(guard.goodStep).toBe(40);
  },
);
