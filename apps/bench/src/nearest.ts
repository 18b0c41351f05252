/** Checks names that a person typed against the known ones. */

/** Edits (insert, delete, replace) between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

export class UsageError extends Error {}

/** The names of a comma-separated list, all of them `known`; an unknown one is an error that names the nearest. */
export function parseNames<Name extends string>(what: string, list: string, known: readonly Name[]): Name[] {
  return list.split(',').map((text) => {
    const name = known.find((candidate) => candidate === text);
    if (name !== undefined) return name;
    const nearest = known.toSorted((a, b) => distance(text, a) - distance(text, b))[0];
    throw new UsageError(
      `[bench] no ${what} "${text}", did you mean "${nearest}"? known: ${known.join(', ')}`,
    );
  });
}
