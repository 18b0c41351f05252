/** `kiln recipes`: the catalog as data. */
import { recipes } from '@kiln/recipes';
import { z } from 'zod';

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

export function listRecipes(): RecipeListing[] {
  return Object.entries(recipes).map(([name, recipe]) => {
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
