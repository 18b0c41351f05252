import { describe, expect, it } from 'vitest';
import { judgeReadme, judgeSource } from './house-rules.ts';

const head = '/** Does a thing. */\n';

describe('judgeSource', () => {
  it('is content with a file that keeps the rules', () => {
    expect(judgeSource('libs/a/src/a.ts', `${head}export const a = 1;\n`)).toEqual([]);
    expect(judgeSource('libs/a/native/a.h', '#pragma once\n\n// Does a thing.\n')).toEqual([]);
    expect(judgeSource('apps/a/bin/a.mjs', `#!/usr/bin/env node\n${head}`)).toEqual([]);
  });

  it('wants a first sentence, but not in tests', () => {
    expect(judgeSource('libs/a/src/a.ts', 'export const a = 1;\n')).toEqual([
      'libs/a/src/a.ts does not begin with a sentence about its place; add a /** … */',
    ]);
    expect(judgeSource('libs/a/src/a.test.ts', "import 'vitest';\n")).toEqual([]);
  });

  it('wants files of at most 500 lines', () => {
    expect(judgeSource('libs/a/src/a.ts', head.repeat(500))).toEqual([]);
    expect(judgeSource('libs/a/src/a.ts', head.repeat(501))).toEqual([
      'libs/a/src/a.ts has 501 lines; files end at 500, split it',
    ]);
  });

  it('wants names for exports, except in configuration files', () => {
    const text = `${head}export default {};\n`;
    expect(judgeSource('libs/a/src/a.ts', text)).toEqual(['libs/a/src/a.ts has a default export; name it']);
    expect(judgeSource('tools/vitest.config.ts', text)).toEqual([]);
  });
});

describe('judgeReadme', () => {
  it('wants at most 60 lines', () => {
    expect(judgeReadme('libs/a/README.md', 'x\n'.repeat(60))).toEqual([]);
    expect(judgeReadme('libs/a/README.md', 'x\n'.repeat(61))).toEqual([
      'libs/a/README.md has 61 lines; a README of a lib ends at 60',
    ]);
  });
});
