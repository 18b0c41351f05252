/** The stack of name scopes: node names in a traced graph read like the model ("G/block1/Conv2D"). */

const stack: string[] = [];

/** Runs `fn` with `name` added to the names of the graph nodes that it makes. Costs nothing outside a trace. */
export function nameScope<T>(name: string, fn: () => T): T {
  stack.push(name.replaceAll(/[^A-Za-z0-9_.-]/g, '_'));
  try {
    return fn();
  } finally {
    stack.pop();
  }
}

export function currentScope(): string {
  return stack.join('/');
}

/** Runs `fn` in exactly the scope that `currentScope` returned earlier. */
export function inScope<T>(scope: string, fn: () => T): T {
  const saved = stack.splice(0, stack.length, ...(scope === '' ? [] : scope.split('/')));
  try {
    return fn();
  } finally {
    stack.splice(0, stack.length, ...saved);
  }
}
