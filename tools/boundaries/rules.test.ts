import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allRules, checkBoundaries } from './rules.ts';
import { readWorkspace } from './workspace.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiln-boundaries-'));
  write('package.json', { name: 'kiln', devDependencies: { vitest: '1.0.0' } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | object): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

type Options = { dependencies?: string[]; references?: string[]; tags?: string[]; exports?: string[] };

function project(path: string, files: Record<string, string>, options: Options = {}): void {
  const [kind, name] = path.split('/') as [string, string];
  const isPortable = ['cli', 'coordinator', 'control', 'checkpoints', 'summaries'].includes(name);
  const { dependencies = [], exports = ['.'] } = options;
  const { references = dependencies.filter((dependency) => dependency.startsWith('@kiln/')) } = options;
  const { tags = [`layer:${kind.slice(0, -1)}`, `runtime:${isPortable ? 'portable' : 'tensorflow'}`] } =
    options;
  write(`${path}/package.json`, {
    name: `@kiln/${name}`,
    exports: Object.fromEntries(exports.map((subpath) => [subpath, './src/index.ts'])),
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])),
    nx: { tags },
  });
  write(`${path}/tsconfig.json`, {
    references: references.map((reference) => ({ path: `../../libs/${reference.replace('@kiln/', '')}` })),
  });
  for (const [file, source] of Object.entries(files)) write(`${path}/${file}`, source);
}

const breaches = (): string[] => checkBoundaries(readWorkspace(root));

/** A small workspace that keeps all rules. */
function lawful(): void {
  project('libs/tensorflow', {
    'src/index.ts': `import { x } from 'node:fs';\nimport { y } from './native/x.ts';\n`,
  });
  project(
    'libs/engine',
    {
      'src/index.ts': `import { native } from '@kiln/tensorflow';\nimport zod from 'zod';\n`,
      'src/a.test.ts': `import { it } from 'vitest';\n`,
    },
    { dependencies: ['@kiln/tensorflow', 'zod'] },
  );
  project('libs/control', { 'src/index.ts': '' });
  project(
    'apps/cli',
    { 'src/main.ts': `import { c } from '@kiln/control';\n` },
    { dependencies: ['@kiln/control'] },
  );
}

describe('checkBoundaries', () => {
  it('has nothing to say about a workspace that keeps the rules', () => {
    lawful();
    expect(breaches()).toEqual([]);
  });

  it('has a test for every rule', () => {
    expect(Object.keys(allRules)).toHaveLength(8);
  });

  it('finds a circle, and names it once', () => {
    project(
      'libs/tensorflow',
      { 'src/index.ts': `import '@kiln/engine';\n` },
      { dependencies: ['@kiln/engine'] },
    );
    project(
      'libs/engine',
      { 'src/index.ts': `import '@kiln/tensorflow';\n` },
      { dependencies: ['@kiln/tensorflow'] },
    );
    expect(breaches()).toEqual([
      'projects depend on each other in a circle: @kiln/engine -> @kiln/tensorflow -> @kiln/engine',
      '@kiln/tensorflow must not depend on @kiln/engine; tools/boundaries/architecture.ts allows nothing',
    ]);
  });

  it('keeps TensorFlow out of the portable projects, over any number of steps', () => {
    lawful();
    project(
      'libs/control',
      { 'src/index.ts': `import '@kiln/engine';\n` },
      { dependencies: ['@kiln/engine'] },
    );
    expect(breaches()).toEqual([
      '@kiln/control must not depend on @kiln/engine; tools/boundaries/architecture.ts allows nothing',
      '@kiln/cli is tagged runtime:portable but reaches runtime:tensorflow: @kiln/cli -> @kiln/control -> @kiln/engine',
      '@kiln/control is tagged runtime:portable but reaches runtime:tensorflow: @kiln/control -> @kiln/engine',
    ]);
  });

  it('wants every import declared, those of tests in the project or the root', () => {
    lawful();
    write('libs/engine/src/b.ts', `import { z } from 'left-pad/deep';\n`);
    write('libs/engine/src/b.test.ts', `import { z } from 'chai';\nimport '@kiln/engine';\n`);
    write('libs/engine/src/c.ts', `import { it } from 'vitest';\n`);
    const tail = 'add it to the dependencies of libs/engine/package.json';
    expect(breaches().toSorted()).toEqual([
      `libs/engine/src/b.test.ts imports chai; ${tail}`,
      `libs/engine/src/b.ts imports left-pad; ${tail}`,
      `libs/engine/src/c.ts imports vitest; ${tail}`,
    ]);
  });

  it('wants no dependency between projects that is not used', () => {
    lawful();
    write('libs/engine/src/index.ts', `import zod from 'zod';\n`);
    expect(breaches()).toEqual([
      'libs/engine/package.json depends on @kiln/tensorflow, which none of its sources imports; take it out',
    ]);
  });

  it('refuses imports past the exports and past the own folder', () => {
    lawful();
    write(
      'libs/engine/src/b.ts',
      `import { z } from '@kiln/tensorflow/src/native.ts';\nimport '../../tensorflow/src/a.ts';\n`,
    );
    expect(breaches()).toEqual([
      'libs/engine/src/b.ts imports @kiln/tensorflow/src/native.ts; @kiln/tensorflow exports .',
      'libs/engine/src/b.ts reaches out of its project with ../../tensorflow/src/a.ts; import the package instead',
    ]);
  });

  it('wants a row in the architecture for a new project', () => {
    project('libs/misc', { 'src/index.ts': '' });
    expect(breaches()).toEqual([
      '@kiln/misc has no row in tools/boundaries/architecture.ts; say there what it may import',
    ]);
  });

  it('wants both tags', () => {
    project('libs/control', { 'src/index.ts': '' }, { tags: ['layer:lib'] });
    expect(breaches()).toEqual([
      'libs/control/package.json: @kiln/control needs the nx tags layer:lib and one of runtime:portable, runtime:tensorflow, got layer:lib',
    ]);
  });

  it('wants references and dependencies to agree', () => {
    lawful();
    project(
      'libs/engine',
      { 'src/index.ts': `import '@kiln/tensorflow';\nimport 'zod';\n` },
      { dependencies: ['@kiln/tensorflow', 'zod'], references: ['@kiln/control'] },
    );
    expect(breaches()).toEqual([
      'libs/engine/tsconfig.json lacks a reference to @kiln/tensorflow, which package.json depends on',
      'libs/engine/tsconfig.json refers to @kiln/control, which package.json does not depend on',
    ]);
  });
});
