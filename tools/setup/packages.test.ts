import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Locked = {
  resolved?: string;
  integrity?: string;
  link?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
};
const file = new URL('../../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };
const fetched = Object.entries(packages).filter(
  ([path, entry]) => path.includes('node_modules/') && !entry.link,
);

describe('package-lock.json', () => {
  it('holds a hash for every package that this platform installs', () => {
    const here = fetched.filter(([, { os }]) => !os || os.includes('linux'));
    const unhashed = here.filter(([, entry]) => !entry.integrity).map(([path]) => path);
    // Builds for other libraries and processors are never installed, so they may be named by version alone.
    expect(
      unhashed.filter((path) => !/-(musl|gnueabihf|musleabihf|(arm64|ppc64|riscv64|s390x)-gnu)$/.test(path)),
    ).toEqual([]);
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
