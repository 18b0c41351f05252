/** Reads the projects of an npm workspace: what their package.json declares and what their sources import. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { importsOf } from './imports.ts';

export type SourceFile = {
  /** From the workspace's root. */
  readonly path: string;
  /** Below the project's folder. */
  readonly inProject: string;
  readonly isTest: boolean;
  readonly imports: readonly string[];
};

export type Project = {
  readonly name: string;
  readonly root: string;
  readonly kind: 'app' | 'lib';
  readonly tags: readonly string[];
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly exports: readonly string[];
  /** Names of the projects that tsconfig.json refers to, as far as they are folders of the workspace. */
  readonly references: readonly string[];
  readonly files: readonly SourceFile[];
};

export type Workspace = {
  readonly projects: readonly Project[];
  readonly rootDependencies: readonly string[];
};

type Manifest = {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  exports?: Record<string, unknown>;
  nx?: { tags?: string[] };
};
type TsConfig = { references?: { path: string }[] };

const skipped = new Set(['node_modules', 'dist', 'build', 'gen', 'native']);
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

export function readWorkspace(root: string): Workspace {
  const folders = (['app', 'lib'] as const).flatMap((kind) => {
    const parent = join(root, `${kind}s`);
    const names = existsSync(parent) ? readdirSync(parent) : [];
    return names
      .filter((name) => existsSync(join(parent, name, 'package.json')))
      .map((name) => ({ kind, path: `${kind}s/${name}` }));
  });
  const names = new Map(
    folders.map(({ path }) => [path, readJson<Manifest>(join(root, path, 'package.json')).name]),
  );
  const { devDependencies = {} } = readJson<Manifest>(join(root, 'package.json'));
  return {
    projects: folders.map(({ kind, path }) => readProject(root, path, kind, names)),
    rootDependencies: Object.keys(devDependencies),
  };
}

function readProject(root: string, path: string, kind: 'app' | 'lib', names: Map<string, string>): Project {
  const manifest = readJson<Manifest>(join(root, path, 'package.json'));
  const tsconfig = join(root, path, 'tsconfig.json');
  const { references = [] } = existsSync(tsconfig) ? readJson<TsConfig>(tsconfig) : {};
  return {
    name: manifest.name,
    root: path,
    kind,
    tags: manifest.nx?.tags ?? [],
    dependencies: Object.keys(manifest.dependencies ?? {}),
    devDependencies: Object.keys(manifest.devDependencies ?? {}),
    exports: Object.keys(manifest.exports ?? {}),
    references: references.flatMap(
      ({ path: target }) => names.get(relative(root, join(root, path, target))) ?? [],
    ),
    files: sourceFiles(join(root, path)).map((file) => ({
      path: `${path}/${file}`,
      inProject: file,
      isTest: /\.test\.ts$|(?:^|\/)test(?:ing)?\//.test(file),
      imports: importsOf(readFileSync(join(root, path, file), 'utf8')),
    })),
  };
}

function sourceFiles(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(folder, path);
    return /\.(ts|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}
