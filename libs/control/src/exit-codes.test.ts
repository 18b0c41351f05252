import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodeOfError, exitCodeOfFailure, exitCodes } from './exit-codes.ts';
import { failureKinds } from './types.ts';

describe('exit codes', () => {
  it('are those of docs/exit-codes.md', () => {
    const page = readFileSync(new URL('../../../docs/exit-codes.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| (\d+) \| `([a-z-]+)` \|/gm)].map(([, code, name]) => [
      name,
      Number(code),
    ]);
    expect(Object.fromEntries(rows)).toEqual(exitCodes);
  });

  it('follow from the kind of failure', () => {
    expect(failureKinds.map(exitCodeOfFailure)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 5]);
    expect(exitCodeOfError('run-locked')).toBe(6);
    expect(exitCodeOfError('port-in-use')).toBe(6);
    expect(exitCodeOfError('insecure-address')).toBe(2);
    expect(exitCodeOfError('no-checkpoint')).toBe(4);
  });
});
