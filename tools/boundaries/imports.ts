/** Finds the modules that a source file names, by reading its strings and what stands before each; no parser needed. */

const beforeModule = /(?:\bfrom|\bimport|\b(?:import|require|require\.resolve|import\.meta\.resolve)\()\s*$/;
// A slash after one of these begins a regular expression; after anything else it divides.
const beforePattern = /(?:^|[(,=:[!&|?{};+\n]|\breturn|=>)\s*$/;

/** The module specifiers, each once, in order. */
export function importsOf(source: string): string[] {
  const found = new Set<string>();
  // The code so far, with what is inside strings, comments and patterns left out.
  let code = '';
  for (let at = 0; at < source.length;) {
    const end = literalEnd(source, at, code);
    if (end === undefined) {
      code += source[at];
      at += 1;
      continue;
    }
    const isString = source[at] === "'" || source[at] === '"';
    if (isString && beforeModule.test(code.slice(-200))) found.add(source.slice(at + 1, end - 1));
    code += source[at] === '/' && source[at + 1] === '/' ? '' : '""';
    at = end;
  }
  return [...found];
}

/** Where the string, template, comment or pattern that begins at `at` ends; undefined where none begins. */
function literalEnd(source: string, at: number, code: string): number | undefined {
  const first = source[at]!;
  if (first === "'" || first === '"' || first === '`') return skipUntil(source, at + 1, first);
  if (first !== '/') return undefined;
  if (source[at + 1] === '/') return indexOr(source, '\n', at);
  if (source[at + 1] === '*') return indexOr(source, '*/', at + 2) + 2;
  return beforePattern.test(code.slice(-40)) ? patternEnd(source, at + 1) : undefined;
}

function indexOr(source: string, text: string, from: number): number {
  const found = source.indexOf(text, from);
  return found < 0 ? source.length : found;
}

/** Behind the closing mark, passing over escaped characters. */
function skipUntil(source: string, from: number, mark: string): number {
  let at = from;
  while (at < source.length && source[at] !== mark) at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** A slash within brackets does not end a regular expression. */
function patternEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== '/' && source[at] !== '\n') {
    if (source[at] === '[') at = skipUntil(source, at + 1, ']');
    else at += source[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}
