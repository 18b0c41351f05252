/** The rules of CONTRIBUTING.md that a program can judge: sizes, first sentences, named exports. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './outcome.ts';

const maxFileLines = 500;
const maxReadmeLines = 60;

const isSource = (path: string): boolean =>
  /\.(ts|mjs|cc|h)$/.test(path) &&
  !path.endsWith('.d.ts') &&
  !/(^|\/)(node_modules|dist|build|gen)\//.test(path);

/** What one source file does against the rules. */
export function judgeSource(path: string, text: string): string[] {
  const lines = text.split('\n').length - 1;
  const breaches: string[] = [];
  if (lines > maxFileLines)
    breaches.push(`${path} has ${lines} lines; files end at ${maxFileLines}, split it`);
  const needsHead = /\.(ts|mjs|h)$/.test(path) && !path.endsWith('.test.ts');
  if (needsHead && !/^(?:#!.*\n)?(?:#pragma once\n+)?\s*(?:\/\*\*|\/\/)/.test(text)) {
    breaches.push(`${path} does not begin with a sentence about its place; add a /** … */`);
  }
  // Configuration files must export a default: the tools that read them ask for it.
  if (/^export default\b/m.test(text) && !path.endsWith('.config.ts')) {
    breaches.push(`${path} has a default export; name it`);
  }
  return breaches;
}

export function judgeReadme(path: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > maxReadmeLines
    ? [`${path} has ${lines} lines; a README of a lib ends at ${maxReadmeLines}`]
    : [];
}

export function houseRules(root: string): Outcome {
  const breaches: string[] = [];
  for (const folder of ['apps', 'libs', 'tools']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = `${folder}/${name}`;
      if (isSource(path)) breaches.push(...judgeSource(path, readFileSync(join(root, path), 'utf8')));
    }
  }
  for (const name of readdirSync(join(root, 'libs'))) {
    const path = `libs/${name}/README.md`;
    try {
      breaches.push(...judgeReadme(path, readFileSync(join(root, path), 'utf8')));
    } catch {
      breaches.push(`${path} is missing; say there what the lib is for, with one example`);
    }
  }
  return { ok: breaches.length === 0, output: breaches.map((line) => `[house-rules] ${line}`).join('\n') };
}
