/** Reads `--set key=value` against a recipe's schema; every mistake names the key and the way out. */
import type { Recipe } from '@kiln/recipes';
import { z } from 'zod';
import { nearest } from './nearest.ts';
import { WorkerError } from './worker-error.ts';

/** Throws `WorkerError` (usage) for a malformed pair, an unknown key or a value out of range. */
export function resolveSettings(
  name: string,
  recipe: Recipe,
  pairs: readonly string[],
): Record<string, unknown> {
  const keys = Object.keys(recipe.settings.shape);
  const given: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new WorkerError('usage', `--set takes key=value, got "${pair}"`);
    const key = pair.slice(0, at);
    if (!keys.includes(key)) {
      const close = nearest(key, keys);
      throw new WorkerError(
        'usage',
        `recipe ${name} has no setting "${key}"${close === undefined ? '' : `; did you mean "${close}"?`} (settings: ${keys.join(', ')})`,
      );
    }
    given[key] = readValue(pair.slice(at + 1));
  }
  const parsed = recipe.settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0] ?? '');
  throw new WorkerError(
    'usage',
    `--set ${key}=${String(given[key])}: ${issue?.message ?? z.prettifyError(parsed.error)}`,
  );
}

/** Numbers and booleans are written plainly; everything else is text. */
function readValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
