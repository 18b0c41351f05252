/** The rules about who may import whom. Each gives one line for each breach: where, what, and the way out. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { mayImport } from './architecture.ts';
import type { Project, SourceFile, Workspace } from './workspace.ts';

export type Rule = (workspace: Workspace) => string[];

const scope = '@kiln/';
const short = (name: string): string => name.replace(scope, '');
const isPortable = (project: Project): boolean => project.tags.includes('runtime:portable');

const byName = ({ projects }: Workspace): Map<string, Project> =>
  new Map(projects.map((project) => [project.name, project]));

/** `@scope/name/deep/file` -> package `@scope/name` and subpath `./deep/file`. */
function splitSpecifier(specifier: string): { packageName: string; subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  const rest = parts.slice(length).join('/');
  return { packageName: parts.slice(0, length).join('/'), subpath: rest ? `./${rest}` : '.' };
}

const isPackage = (specifier: string): boolean =>
  !specifier.startsWith('.') && !specifier.startsWith('node:') && !builtinModules.includes(specifier);

const everyImport = ({ projects }: Workspace): { project: Project; file: SourceFile; specifier: string }[] =>
  projects.flatMap((project) =>
    project.files.flatMap((file) => file.imports.map((specifier) => ({ project, file, specifier }))),
  );

/** A cycle is told once, from its first member by name. */
export const noCycles: Rule = (workspace) => {
  const projects = byName(workspace);
  const breaches = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) {
      const cycle = path.slice(at);
      const first = cycle.indexOf(cycle.toSorted()[0]!);
      const turned = [...cycle.slice(first), ...cycle.slice(0, first), cycle[first]!];
      breaches.add(`projects depend on each other in a circle: ${turned.join(' -> ')}`);
      return;
    }
    for (const dependency of projects.get(name)?.dependencies ?? []) {
      if (projects.has(dependency)) visit(dependency, [...path, name]);
    }
  };
  for (const name of projects.keys()) visit(name, []);
  return [...breaches];
};

export const declaredImports: Rule = (workspace) =>
  everyImport(workspace).flatMap(({ project, file, specifier }) => {
    if (!isPackage(specifier)) return [];
    const { packageName } = splitSpecifier(specifier);
    const forTests = [...project.devDependencies, ...workspace.rootDependencies, project.name];
    const isTool = file.inProject.startsWith('tools/');
    const allowed = file.isTest || isTool ? [...project.dependencies, ...forTests] : project.dependencies;
    if (allowed.includes(packageName)) return [];
    return [
      `${file.path} imports ${packageName}; add it to the dependencies of ${project.root}/package.json`,
    ];
  });

/** The project graph is only true if nothing in it is idle. */
export const usedDependencies: Rule = (workspace) => {
  const projects = byName(workspace);
  return workspace.projects.flatMap((project) => {
    const used = new Set(
      project.files.flatMap((file) => file.imports.map((name) => splitSpecifier(name).packageName)),
    );
    return project.dependencies
      .filter((name) => projects.has(name) && !used.has(name))
      .map(
        (name) =>
          `${project.root}/package.json depends on ${name}, which none of its sources imports; take it out`,
      );
  });
};

export const noDeepImports: Rule = (workspace) => {
  const projects = byName(workspace);
  return everyImport(workspace).flatMap(({ project, file, specifier }) => {
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(file.path), specifier);
      const inside = target.startsWith(`${project.root}/`);
      // Tests and build scripts may use the workspace's tools.
      const isTool = target.startsWith('tools/') && (file.isTest || file.inProject.startsWith('tools/'));
      if (inside || isTool) return [];
      return [`${file.path} reaches out of its project with ${specifier}; import the package instead`];
    }
    const { packageName, subpath } = splitSpecifier(specifier);
    const target = projects.get(packageName);
    if (!target || target.exports.includes(subpath)) return [];
    const exported = target.exports.join(', ') || 'nothing';
    return [`${file.path} imports ${specifier}; ${packageName} exports ${exported}`];
  });
};

export const architecture: Rule = (workspace) => {
  const projects = byName(workspace);
  return workspace.projects.flatMap((project) => {
    const allowed = mayImport[short(project.name)];
    if (!allowed)
      return [`${project.name} has no row in tools/boundaries/architecture.ts; say there what it may import`];
    return project.dependencies
      .filter((name) => projects.has(name) && !allowed.includes(short(name)))
      .map(
        (name) =>
          `${project.name} must not depend on ${name}; tools/boundaries/architecture.ts allows ${allowed.join(', ') || 'nothing'}`,
      );
  });
};

/** Loading TensorFlow takes seconds and a gigabyte, and a crash in it must not take a portable process with it. */
export const portableStaysPortable: Rule = (workspace) => {
  const projects = byName(workspace);
  const pathTo = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const project = projects.get(name);
    if (!project || path.includes(name)) return undefined;
    const here = [...path, name];
    if (!isPortable(project)) return here;
    return project.dependencies.map((next) => pathTo(next, here)).find((found) => found !== undefined);
  };
  return workspace.projects.filter(isPortable).flatMap(({ name }) => {
    const path = pathTo(name, []);
    return path
      ? [`${name} is tagged runtime:portable but reaches runtime:tensorflow: ${path.join(' -> ')}`]
      : [];
  });
};

export const tags: Rule = ({ projects }) =>
  projects.flatMap(({ name, root, kind, tags: given }) => {
    const layer = `layer:${kind}`;
    const runtimes = given.filter((tag) => tag.startsWith('runtime:'));
    const known = runtimes.length === 1 && ['runtime:portable', 'runtime:tensorflow'].includes(runtimes[0]!);
    if (given.includes(layer) && known) return [];
    return [
      `${root}/package.json: ${name} needs the nx tags ${layer} and one of runtime:portable, runtime:tensorflow, got ${given.join(', ') || 'none'}`,
    ];
  });

/** `tsc -b` builds in the order of the references, Nx in the order of the dependencies: they must be the same. */
export const references: Rule = (workspace) => {
  const projects = byName(workspace);
  return workspace.projects.flatMap(({ root, dependencies, references: referred }) => {
    const wanted = dependencies.filter((name) => projects.has(name));
    const missing = wanted.filter((name) => !referred.includes(name));
    const idle = referred.filter((name) => !wanted.includes(name));
    return [
      ...missing.map(
        (name) => `${root}/tsconfig.json lacks a reference to ${name}, which package.json depends on`,
      ),
      ...idle.map((name) => `${root}/tsconfig.json refers to ${name}, which package.json does not depend on`),
    ];
  });
};

export const allRules: Readonly<Record<string, Rule>> = {
  tags,
  noCycles,
  architecture,
  portableStaysPortable,
  declaredImports,
  usedDependencies,
  noDeepImports,
  references,
};

export function checkBoundaries(workspace: Workspace): string[] {
  return Object.values(allRules).flatMap((rule) => rule(workspace));
}
