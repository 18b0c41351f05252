import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');

/** The command lines of the README's sh blocks, without their comments. */
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block]) => block!.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '');

const help = (command: string): string =>
  execFileSync(process.execPath, [`${root}apps/cli/bin/kiln.mjs`, command, '--help'], { encoding: 'utf8' });

describe('README', () => {
  it('shows npm commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: object };
    const shown = commands.filter((line) => line.startsWith('npm ')).map((line) => line.split(' ').at(-1)!);
    expect(shown).toEqual(['start', 'test']);
    for (const name of shown) expect(scripts).toHaveProperty(name);
  });

  it('shows kiln commands and options that there are', () => {
    const kiln = commands.filter((line) => line.startsWith('npx kiln '));
    expect(kiln.length).toBeGreaterThan(5);
    for (const name of new Set(kiln.map((line) => line.split(' ')[2]!))) {
      const text = help(name);
      for (const line of kiln.filter((candidate) => candidate.split(' ')[2] === name))
        for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(`${text}\n(${line})`).toContain(option);
    }
  });

  it('links to files that there are', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)/g)].map(([, target]) => target!);
    expect(links.filter((target) => !existsSync(`${root}${target}`))).toEqual([]);
  });
});
