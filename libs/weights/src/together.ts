/** The conventions of several networks whose variables lie in one file, as one. */
import type { Convention } from './convention.ts';
import type { WeightArray } from './weights.ts';

/**
 * For paths that begin with the name of a part: `mapping/params/layer1.kernel`. A name of theirs has nothing to do here when no
 * part has use for it.
 */
export function together(parts: Readonly<Record<string, Convention>>): Convention {
  const all = Object.values(parts);
  const split = (path: string): { part: Convention | undefined; own: string } => {
    const at = path.indexOf('/');
    return { part: parts[path.slice(0, at)], own: path.slice(at + 1) };
  };
  return {
    counterpart: (path, shape) => {
      const { part, own } = split(path);
      return part?.counterpart(own, shape) ?? null;
    },
    derive: (path, shape) => {
      const { part, own } = split(path);
      return part?.derive?.(own, shape) ?? null;
    },
    ignores: (name, theirs) => all.every((part) => part.ignores?.(name, theirs) === true),
    mismatch: (theirs) => {
      for (const part of all) {
        const reason = part.mismatch?.(theirs) ?? null;
        if (reason !== null) return reason;
      }
      return null;
    },
    prepare: (weights) => {
      const prepared = new Map<string, WeightArray>(weights);
      for (const [name, part] of Object.entries(parts)) {
        const prefix = `${name}/`;
        const own = [...weights].filter(([path]) => path.startsWith(prefix));
        const ready = part.prepare?.(new Map(own.map(([path, array]) => [path.slice(prefix.length), array])));
        for (const [path, array] of ready ?? []) prepared.set(prefix + path, array);
      }
      return prepared;
    },
  };
}
