import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compiler, python } from './prerequisites.mjs';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const dockerfile = read('infra/cpu.Dockerfile');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('infra/cpu.Dockerfile', () => {
  it('installs the tools that set-up asks for', () => {
    const installed = /apt-get install (.*)\\$/m.exec(dockerfile)?.[1]?.trim().split(/\s+/);
    expect(installed).toEqual(expect.arrayContaining([compiler.apt, python.apt]));
  });

  it('runs commands that exist', () => {
    const named = [...dockerfile.matchAll(/npm run (\w+)|\["npm", "(\w+)"\]/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    expect(named).toEqual(['setup', 'start']);
    expect(named.filter((name) => !scripts[name])).toEqual([]);
  });

  it('leaves what this machine built out of the image', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['.kiln', '**/node_modules', 'libs/*/build', 'apps/cli/build']),
    );
  });
});
