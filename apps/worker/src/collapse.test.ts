import { TrainingError, type Trainer } from '@kiln/training';
import { expect, test } from 'vitest';
import { Collapse, type CollapseOptions } from './collapse.ts';

/** How a collapse after step 70 ends a run that has gone back `rollbacks` times. */
const endOf = async (config: CollapseOptions['config'], rollbacks: number): Promise<unknown> => {
  const collapse = new Collapse({
    runFolder: '/no/run',
    config,
    trainer: { rollbacks, step: 90 } as Trainer,
    rank: 0,
    settled: async () => {},
  });
  return collapse.goBack(70, 'D wins').catch((error: unknown) => error);
};

test.each<[string, CollapseOptions['config'], number, RegExp]>([
  [
    'where it is to stop',
    { onCollapse: 'stop', maxRollbacks: 3 },
    0,
    /collapsed: D wins; checkpoints after step 70/,
  ],
  [
    'after as many returns as allowed',
    { onCollapse: 'rollback', maxRollbacks: 2 },
    2,
    /again after 2 returns .*: D wins; lower/,
  ],
  [
    'with nowhere to go back to',
    { onCollapse: 'rollback', maxRollbacks: 2 },
    1,
    /no checkpoint of step 70 or before/,
  ],
])('a run that has collapsed ends %s', async (_, config, rollbacks, message) => {
  const error = await endOf(config, rollbacks);
  expect(error).toBeInstanceOf(TrainingError);
  expect(error).toMatchObject({ code: 'collapsed', message: expect.stringMatching(message) });
});
