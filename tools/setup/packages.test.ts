import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isForUs, isInstalled } from './packages.mjs';

type Locked = {
  resolved?: string;
  integrity?: string;
  link?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
const file = new URL('../../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };
const fetched = Object.entries(packages).filter(
  ([path, entry]) => path.includes('node_modules/') && !entry.link,
);

describe('package-lock.json', () => {
  it('holds a hash for every package that this platform installs', () => {
    const unhashed = fetched.filter(([, entry]) => isForUs(entry) && !entry.integrity);
    expect(unhashed.map(([path]) => path)).toEqual([]);
  });

  it('names the builds for other platforms too, without which `npm ci` refuses the file', () => {
    const names = new Set(
      fetched.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    );
    const wanted = fetched.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it('does not tie the packages to one registry', () => {
    expect(fetched.filter(([, entry]) => entry.resolved?.startsWith('http'))).toEqual([]);
  });
});

describe('isInstalled', () => {
  const locked = {
    '': { version: '1.0.0' },
    'libs/a': { version: '1.0.0' },
    'node_modules/@kiln/a': { link: true },
    'node_modules/x': { version: '1.2.3', integrity: 'sha512-x' },
    'node_modules/x-darwin': { version: '1.2.3', optional: true, os: ['darwin'] },
    'node_modules/x-darwin/node_modules/y': { version: '1.2.3', optional: true },
    'node_modules/x-linux': { version: '1.2.3', integrity: 'sha512-l', optional: true, os: ['linux'] },
  };
  const installed = {
    'node_modules/@kiln/a': { link: true },
    'node_modules/x': { version: '1.2.3', integrity: 'sha512-x' },
    'node_modules/x-linux': { version: '1.2.3', integrity: 'sha512-l', optional: true, os: ['linux'] },
  };
  const { 'node_modules/x-linux': _, ...withoutBinary } = installed;

  it('asks for the packages of this platform', () => {
    expect(isInstalled(locked, installed)).toBe(true);
  });

  it.each([
    ['is missing', withoutBinary],
    [
      'is of another version',
      { ...installed, 'node_modules/x': { version: '1.2.4', integrity: 'sha512-x' } },
    ],
    ['has other contents', { ...installed, 'node_modules/x': { version: '1.2.3', integrity: 'sha512-y' } }],
  ])('is false when one %s', (_fault, packages) => {
    expect(isInstalled(locked, packages)).toBe(false);
  });
});
