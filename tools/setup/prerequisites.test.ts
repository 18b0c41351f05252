import { describe, expect, it } from 'vitest';
import { compiler, missingTools, python, requireTools } from './prerequisites.mjs';

const here = { platform: 'linux', arch: 'x64' };
const absent = <T extends object>(tool: T) => ({ ...tool, present: () => false });
const present = <T extends object>(tool: T) => ({ ...tool, present: () => true });

describe('missingTools', () => {
  it('is silent when everything is there', () => {
    expect(missingTools([present(compiler), present(python)])).toBeUndefined();
  });

  it('names one tool and its package', () => {
    expect(missingTools([absent(compiler), present(python)])).toBe(
      'missing g++ with C++17; install with `sudo apt-get install g++` (Debian, Ubuntu) or ' +
        '`sudo dnf install gcc-c++` (Fedora), then run the same command again',
    );
  });

  it('names all of them in one line', () => {
    const line = missingTools([absent(compiler), absent(python)]);
    expect(line).toContain('missing g++ with C++17 and python3 with pip');
    expect(line).toContain('sudo apt-get install g++ python3-pip');
    expect(line).not.toContain('\n');
  });
});

describe('requireTools', () => {
  it('finds the tools of this machine, which has built the addon', () => {
    expect(() => requireTools([compiler, python])).not.toThrow();
  });

  it('throws the line, tagged', () => {
    expect(() => requireTools([absent(python)], here)).toThrow(
      /^\[setup\] missing python3 with pip; install with/,
    );
  });

  it('refuses other machines', () => {
    expect(() => requireTools([], { platform: 'darwin', arch: 'arm64' })).toThrow(
      'Linux x86-64, got darwin arm64',
    );
  });
});
