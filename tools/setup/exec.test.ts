import { describe, expect, it } from 'vitest';
import { excerpt, exec, succeeds } from './exec.mjs';
import { SetupError } from './setup-error.mjs';

const nodeArgs = (code: string) => ['-e', code];

describe('exec', () => {
  it('names what failed, the exit code, and keeps what was printed', async () => {
    const failing = exec(process.execPath, nodeArgs('console.error("no route to host"); process.exit(3)'), {
      what: 'fetching',
    });
    const error = await failing.catch((reason: unknown) => reason as SetupError);
    expect(error).toBeInstanceOf(SetupError);
    expect(error).toMatchObject({
      message: '[setup] fetching failed (exit code 3)',
      detail: 'no route to host',
    });
  });

  it('reports a program that is not there', async () => {
    await expect(exec('kiln-no-such-program', [], { what: 'fetching' })).rejects.toThrow(
      '[setup] fetching failed: spawn kiln-no-such-program ENOENT',
    );
  });

  it('is silent on success', async () => {
    expect(await exec(process.execPath, nodeArgs('console.log(1)'), { what: 'x' })).toBeUndefined();
  });
});

describe('excerpt', () => {
  it('keeps both ends of a long output', () => {
    const text = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
    const lines = excerpt(text).split('\n');
    expect([lines[0], lines[12], lines.at(-1)]).toEqual(['line 0', '… 76 lines left out …', 'line 99']);
  });
});

describe('succeeds', () => {
  it('tells a program that works from one that does not and one that is missing', () => {
    expect(succeeds(process.execPath, nodeArgs(''))).toBe(true);
    expect(succeeds(process.execPath, nodeArgs('process.exit(1)'))).toBe(false);
    expect(succeeds('kiln-no-such-program', [])).toBe(false);
  });
});
