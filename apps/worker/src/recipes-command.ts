/** `kiln recipes`: the catalog as data. */
import { recipes, type Recipe } from '@kiln/recipes';
import { z } from 'zod';
import { findRecipe } from './resolve-config.ts';

export interface RecipeListing {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** What the user must bring, or empty. */
  readonly needs: string;
  readonly defaults: Readonly<Record<string, number>>;
  readonly settings: readonly {
    readonly key: string;
    readonly default: unknown;
    readonly description: string;
  }[];
}

/** All of them, or the one of that name; throws `WorkerError` for a name that there is not. */
export function listRecipes(only?: string): RecipeListing[] {
  const chosen = only === undefined ? recipes : { [only]: findRecipe(only) };
  return Object.entries<Recipe>(chosen).map(([name, recipe]) => {
    const schema = z.toJSONSchema(recipe.settings, { io: 'input' }) as {
      properties?: Record<string, { default?: unknown; description?: string }>;
    };
    return {
      name,
      title: recipe.title,
      summary: recipe.summary,
      source: recipe.source,
      needs: recipe.needs ?? '',
      defaults: { ...recipe.defaults },
      settings: Object.entries(schema.properties ?? {}).map(([key, property]) => ({
        key,
        default: property.default,
        description: property.description ?? '',
      })),
    };
  });
}
