import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setUp, type Step } from './setup.mjs';

let root = '';
let log: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiln-setup-'));
  log = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const say = (line: string) => log.push(line);

function fileStep(name: string, options: Partial<Step> = {}): Step {
  return {
    name,
    tools: [],
    isReady: (at) => existsSync(join(at, name)),
    make: async (at) => {
      log.push(`make ${name}`);
      writeFileSync(join(at, name), '');
    },
    ...options,
  };
}

describe('setUp', () => {
  it('makes what is missing, in order, and nothing the second time', async () => {
    writeFileSync(join(root, 'b'), '');
    const steps = [fileStep('a'), fileStep('b'), fileStep('c')];
    expect(await setUp(root, { steps, say })).toBe(true);
    expect(await setUp(root, { steps, say })).toBe(false);
    expect(log).toEqual(['make a', 'make c']);
    expect(readdirSync(join(root, '.kiln'))).toEqual([]);
  });

  it('leaves nothing half made after a failure and goes on from there', async () => {
    let broken = true;
    const flaky = fileStep('b', {
      make: async (at, temporary) => {
        writeFileSync(join(temporary, 'half'), '');
        if (broken) throw new Error('connection lost');
        writeFileSync(join(at, 'b'), '');
      },
    });
    const steps = [fileStep('a'), flaky];
    await expect(setUp(root, { steps, say })).rejects.toThrow('connection lost');
    expect(readdirSync(join(root, '.kiln'))).toEqual([]);
    broken = false;
    expect(await setUp(root, { steps, say })).toBe(true);
    expect(log).toEqual(['make a']);
  });

  it('removes what a killed set-up left', async () => {
    mkdirSync(join(root, '.kiln', 'tmp-1', 'tensorflow'), { recursive: true });
    await setUp(root, { steps: [fileStep('a')], say });
    expect(readdirSync(join(root, '.kiln'))).toEqual([]);
  });

  it('two at once make each thing once', async () => {
    const slow = fileStep('a', {
      make: async (at) => {
        log.push('make a');
        await new Promise((done) => setTimeout(done, 300));
        writeFileSync(join(at, 'a'), '');
      },
    });
    const results = await Promise.all([
      setUp(root, { steps: [slow], say }),
      setUp(root, { steps: [slow], say }),
    ]);
    expect(log.filter((line) => line === 'make a')).toHaveLength(1);
    expect(results.toSorted()).toEqual([false, true]);
  });

  it('names a missing tool before it downloads anything', async () => {
    const tool = { name: 'cobol', apt: 'gnucobol', dnf: 'gnucobol', present: () => false };
    const steps = [fileStep('a'), fileStep('b', { tools: [tool] })];
    await expect(setUp(root, { steps, say })).rejects.toThrow('[setup] missing cobol; install with');
    expect(log).toEqual([]);
  });

  it('does not ask for the tools of what is already there', async () => {
    const tool = { name: 'cobol', apt: 'gnucobol', dnf: 'gnucobol', present: () => false };
    writeFileSync(join(root, 'b'), '');
    expect(await setUp(root, { steps: [fileStep('a'), fileStep('b', { tools: [tool] })], say })).toBe(true);
  });
});
