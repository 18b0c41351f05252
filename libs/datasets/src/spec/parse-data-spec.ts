/** Reads the value of `--data`: `shapes`, a folder or a file, each with `:key=value,…` behind it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatasetError } from '../errors.ts';
import type { DataSpec, SourceName } from './data-spec.ts';
import { recognise } from './recognise.ts';
import { checkSpec, sourceNames, specKeys, suggestion } from './spec-keys.ts';

/** Paths are taken relative to `base` and come out absolute, so that a run can be resumed from anywhere. */
export async function parseDataSpec(text: string, base: string = process.cwd()): Promise<DataSpec> {
  const { name, options } = splitText(text, base);
  if (name === '')
    throw new DatasetError(
      'bad-spec',
      'data must be "shapes", a folder or a file, got nothing; change --data',
    );
  if (name === 'shapes' && options['source'] === undefined)
    return checkSpec({ ...options, source: 'shapes' } as DataSpec);
  const path = resolve(base, name);
  if (!existsSync(path))
    throw new DatasetError(
      'not-found',
      `no such file or folder${suggestion(name, ['shapes'])}; change --data`,
      { file: path },
    );
  const { source, split, ...rest } = options;
  if (source !== undefined && !sourceNames.some((known) => known === source))
    checkSpec({ source } as DataSpec);
  const recognised = await recognise(path, source as SourceName | undefined, split as string | undefined);
  return checkSpec({ ...recognised, ...rest } as DataSpec);
}

/** A path that exists is taken whole, so `:` and `=` in names do no harm. */
function splitText(text: string, base: string): { name: string; options: Record<string, unknown> } {
  const match = existsSync(resolve(base, text)) ? null : /^(.*?):([^:/]*=.*)$/.exec(text);
  if (!match) return { name: text, options: {} };
  const options: Record<string, unknown> = {};
  for (const pair of (match[2] ?? '').split(',')) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new DatasetError('bad-spec', `expected key=value after ":", got "${pair}"; change --data`);
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const definition = specKeys[key];
    if (!definition)
      throw new DatasetError(
        'bad-spec',
        `unknown key "${key}"${suggestion(key, Object.keys(specKeys))}; known: ${Object.keys(specKeys).join(', ')}`,
      );
    options[key] = key === 'split' ? value : definition.fromText(value);
  }
  return { name: match[1] ?? '', options };
}
