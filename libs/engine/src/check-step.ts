/** What a step must return, checked while it is traced and when it runs eagerly. */
import { EngineError } from './errors.ts';
import { dtypeOfSpec, specOf } from './specs.ts';
import { flattenSpecs, flattenTree, type Spec, type SpecTree, type Tree } from './tree.ts';

export function checkReturned(name: string, returned: unknown): { state: Tree; outputs: Tree } {
  const value = (returned ?? {}) as { state?: Tree; outputs?: Tree; then?: unknown };
  if (typeof value.then === 'function') {
    throw new EngineError('async-step', `step ${name} is async; a step must do everything before it returns`);
  }
  const { state, outputs } = value;
  if (state === undefined || outputs === undefined) {
    const got = Object.keys(value).join(', ');
    throw new EngineError('bad-result', `step ${name} must return { state, outputs }, got { ${got} }`);
  }
  return { state, outputs };
}

const text = (spec: Spec): string => `${spec.dtype} [${spec.shape.join(', ')}]`;

/** The new state must look like the old one, or the step would be traced anew on every run. */
export function checkState(name: string, before: SpecTree, after: Tree): void {
  const expected = flattenSpecs(before);
  const got = flattenTree(after);
  for (const path of new Set([...expected.keys(), ...got.keys()])) {
    const was = expected.get(path);
    const leaf = got.get(path);
    if (was === undefined || leaf === undefined) {
      const change = was === undefined ? 'is new' : 'is missing';
      throw new EngineError(
        'state-changed-shape',
        `'${path}' ${change} in the state that step ${name} returns`,
      );
    }
    const is = specOf(leaf);
    if (text(was) !== text(is) || dtypeOfSpec(was) !== dtypeOfSpec(is)) {
      throw new EngineError(
        'state-changed-shape',
        `state '${path}' is ${text(was)} before step ${name} and ${text(is)} after it`,
      );
    }
  }
}
