/**
 * Makes the bundles: for each program one file of our code, with a source map, and one of the packages that it uses.
 * Arguments: the checkout, and the folder to write into.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { hashOf, stampName } from '../bin/bundles.mjs';

const [root = '', target = ''] = process.argv.slice(2);
const names = ['cli', 'coordinator', 'worker'];
const bundle = (name) => join(target, `${name}.mjs`);

const isOurs = (file) => file.startsWith(`${root}/`) && !file.includes('/node_modules/');

/** What Node itself takes for these names. A bundler would take other copies, of which there must be one only. */
const tfjsCore = join(root, 'node_modules/@tensorflow/tfjs-core/dist/tf-core.node.js');

/** Modules that have another form in a bundle. */
const forms = new Map([
  [
    join(root, 'apps/cli/src/programs.ts'),
    `export const programsOf = () => (${JSON.stringify({ worker: bundle('worker'), coordinator: bundle('coordinator') })});
     export const nodeArguments = (program) => ['--enable-source-maps', program];`,
  ],
  [
    join(root, 'libs/engine/src/stock-kernels.ts'),
    `export const stockBackend = () => require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
     export const registerAll = () => require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');`,
  ],
]);

/** Every module of ours keeps its own place in the checkout, from which it finds files beside it. */
const inPlace = {
  name: 'in-place',
  load: (id) => (forms.has(id) ? { code: forms.get(id), moduleType: 'js' } : undefined),
  transform: {
    filter: { code: /\bimport\.meta\.(?:url|dirname)\b/ },
    handler: (code, id) =>
      isOurs(id)
        ? {
            code: code
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
              .replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
            // Lines stay; columns are of no use to anybody.
            map: null,
          }
        : undefined,
  },
};

/** Returns which files of ours are in it. @param {string} name of a program */
async function make(name) {
  const build = await rolldown({
    input: { [name]: join(root, 'apps', name, 'src', 'main.ts') },
    platform: 'node',
    resolve: {
      conditionNames: ['@kiln/source', 'node', 'import'],
      alias: { '@tensorflow/tfjs-core': tfjsCore, '@tensorflow/tfjs': tfjsCore },
    },
    plugins: [inPlace],
  });
  const { output } = await build.generate({
    dir: target,
    entryFileNames: '[name].mjs',
    // Where packages are expected: the engine looks for the user's line of code outside such folders.
    chunkFileNames: ({ moduleIds }) => `${moduleIds.some(isOurs) ? '' : 'node_modules/'}${name}-[name].mjs`,
    sourcemap: true,
    // Without what is imported only when it is needed, such as a reader of HDF5.
    codeSplitting: { groups: [{ name: 'packages', test: /\/node_modules\//, tags: ['$initial'] }] },
  });
  await build.close();
  const chunks = output.filter((part) => part.type === 'chunk');
  for (const { fileName, code, map, moduleIds } of chunks) {
    const file = join(target, fileName);
    // Node reads a map whenever it loads the code: only ours is worth it, and without the text of the sources.
    const bare = code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
    const mapped = moduleIds.some(isOurs);
    writeFileSync(file, mapped ? `${bare}//# sourceMappingURL=${fileName}.map\n` : bare);
    if (mapped) writeFileSync(`${file}.map`, JSON.stringify({ ...map, sourcesContent: undefined }));
  }
  return chunks.flatMap(({ moduleIds }) => moduleIds).filter(isOurs);
}

rmSync(join(target, stampName), { force: true });
rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'node_modules'), { recursive: true });
const modules = new Set((await Promise.all(names.map(make))).flat());
/** What decides how names are resolved and which packages are there, and this program. */
const beside = ['node_modules/.package-lock.json', relative(root, import.meta.filename)];
const manifests = new Set(
  [...modules]
    .map((file) => /^(?:apps|libs)\/[^/]+/.exec(relative(root, file))?.[0])
    .map((project) => `${project}/package.json`),
);
const files = [...beside, ...manifests, ...[...modules].map((file) => relative(root, file))].toSorted();
// Last, since it is what makes them valid.
writeFileSync(join(target, stampName), JSON.stringify({ files, hash: hashOf(root, files) }));
