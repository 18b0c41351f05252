/** Whatever the catalog lists can be planned as it stands, and says what it is. */
import { recipes, type Recipe } from '@kiln/recipes';
import { startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from './resolve-config.ts';

beforeAll(() => startEngine({}));

describe.each(Object.entries<Recipe>(recipes))('%s', (name, recipe) => {
  it('resolves for --dry-run, with its own number of workers and with one', async () => {
    for (const options of [{}, { workers: 1 }]) {
      const config = await resolveConfig(name, { ...options, dryRun: true });
      expect(config.steps).toBeGreaterThan(0);
      expect(config.data === null).toBe(recipe.data === undefined);
    }
  });

  it('says what it reproduces, and what it needs where it brings no data', () => {
    expect(recipe.source).toMatch(/\b(19|20)\d\d\b/);
    expect(recipe.summary).toMatch(/[.]/);
    expect(recipe.data === undefined).toBe(recipe.needs !== undefined && recipe.expects !== undefined);
  });
});
