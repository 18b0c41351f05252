/** Finds the one set of tensors in what a PyTorch file holds: a state dictionary, alone or beside others in a checkpoint. */
import { basename } from 'node:path';
import { WeightError } from '../weight-error.ts';
import { StoredTensor } from './tensors.ts';

/**
 * Tensors by name. A file with several sets, such as `G` and `D`, needs `key`, or has some of the sets `usual`, of which the first that
 * has a name for a tensor gives it; numbers and strings beside tensors are passed over. Throws `WeightError` naming the sets there are.
 */
export function stateDict(
  value: unknown,
  key: string | undefined,
  file: string,
  usual: readonly string[] = [],
): Map<string, StoredTensor> {
  const sets = tensorSets(value);
  const names = [...sets.keys()].filter((name) => name !== '');
  const listed = names.map((name) => `"${name}"`).join(', ');
  if (key !== undefined) {
    const chosen = sets.get(key);
    if (chosen !== undefined) return chosen;
    throw new WeightError(
      'mismatch',
      file,
      `holds no set of tensors "${key}"; it has ${listed || 'one without a name'}`,
    );
  }
  const [only, ...others] = sets.values();
  if (only === undefined)
    throw new WeightError('malformed', file, 'holds no tensors; expected a state dictionary');
  if (others.length === 0) return only;
  const [first, ...beside] = usual;
  const chosen = first === undefined ? undefined : sets.get(first);
  if (chosen === undefined)
    throw new WeightError(
      'mismatch',
      file,
      `holds several sets of tensors (${listed}); name one, as in ${basename(file)}#${names[0] ?? ''}`,
    );
  return new Map([...beside.toReversed().flatMap((name) => [...(sets.get(name) ?? [])]), ...chosen]);
}

/** Every dictionary that has tensors of its own, by the keys that lead to it. */
export function tensorSets(value: unknown): Map<string, Map<string, StoredTensor>> {
  const sets = new Map<string, Map<string, StoredTensor>>();
  const seen = new Set<unknown>();
  const visit = (dictionary: Map<unknown, unknown>, path: readonly string[]): void => {
    // A pickle may hold a dictionary within itself.
    if (seen.has(dictionary)) return;
    seen.add(dictionary);
    const own = new Map<string, StoredTensor>();
    for (const [name, item] of dictionary) {
      if (item instanceof StoredTensor && typeof name === 'string') own.set(name, item);
      if (item instanceof Map) visit(item, [...path, String(name)]);
    }
    if (own.size > 0) sets.set(path.join('.'), own);
  };
  if (value instanceof Map) visit(value, []);
  return sets;
}
