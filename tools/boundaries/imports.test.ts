import { describe, expect, it } from 'vitest';
import { importsOf } from './imports.ts';

describe('importsOf', () => {
  it('finds every way to name a module', () => {
    const source = `
import 'side-effect';
import a from 'default';
import * as b from "all";
import type { C } from 'types';
import {
  d,
  e,
} from './several-lines.ts';
export { f } from '@kiln/again';
export * from './star.ts';
const g = await import('dynamic');
let h: import('type-only').H;
const i = createRequire(import.meta.url).resolve('no-pattern');
const j = require.resolve('resolved');
const k = import.meta.resolve('meta');
`;
    const names =
      'side-effect default all types ./several-lines.ts @kiln/again ./star.ts dynamic type-only resolved meta';
    expect(importsOf(source)).toEqual(names.split(' '));
  });

  it('passes over comments, texts and templates', () => {
    const source = `
/**
 * import { x } from 'example';
 */
// import('commented');
export const message = "take it from 'there'";
const child = "await import('@kiln/tensorflow'); require('x')";
const from = 'nowhere';
const page = \`
import y from 'template';
\`;
`;
    expect(importsOf(source)).toEqual([]);
  });

  it('is not confused by quotes in regular expressions, nor by division', () => {
    const source = `
const quote = /['"/]/.test(text) ? a / b : /it's \\/ "/;
import('after');
`;
    expect(importsOf(source)).toEqual(['after']);
  });

  it('survives a file that ends inside a string', () => {
    expect(importsOf("const broken = 'no end")).toEqual([]);
    expect(importsOf('/* no end')).toEqual([]);
  });
});
