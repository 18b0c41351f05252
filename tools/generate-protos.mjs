/**
 * Makes a lib's src/gen from proto files; called by its `generate` script, in its folder:
 *   node ../../tools/generate-protos.mjs --root kiln.name --out src/gen/name.js [--write-only] protos/name/name.proto …
 * The proto files are named from the workspace's root.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const workspace = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string' },
    out: { type: 'string' },
    'write-only': { type: 'boolean', default: false },
  },
});
if (!values.root || !values.out || positionals.length === 0) {
  console.error('[generate] expected --root <name> --out <file.js> <proto files>');
  process.exit(2);
}

const out = resolve(values.out);
const header = `// Generated from ${positionals.join(', ')} by \`npm run generate\`. Do not edit.\n`;
const pbjs = join(
  dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json')),
  'bin',
  'pbjs',
);
const toNumber = '\nconst $toNumber = (value) => (typeof value === "number" ? value : value.toNumber());\n';
const leftOut = ['create', 'delimited', 'typeurl', 'service', 'verify', 'convert'];
if (values['write-only']) leftOut.push('decode');

/** @param {string} extra @param {string} file */
function generate(extra, file) {
  // A root of its own: generated code of several libs in one process must not share protobufjs's default one.
  const target = [
    '--target',
    'static-module',
    '--wrap',
    'esm',
    '--root',
    values.root ?? '',
    '--force-number',
  ];
  const args = [pbjs, ...target, ...leftOut.map((part) => `--no-${part}`), extra, '--out', file];
  const protos = positionals.map((path) => join(workspace, path));
  execFileSync(process.execPath, [...args, ...protos], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @param {string} file @param {(text: string) => string} edit */
function rewrite(file, edit) {
  writeFileSync(file, header + edit(readFileSync(file, 'utf8')));
}

mkdirSync(dirname(out), { recursive: true });
// The types are made from the comments, which the code itself does without.
generate('--dts', out);
generate('--no-comments', out);
// Numbers stand for 64-bit integers everywhere; --force-number says so in the types only, and the code
// would still make objects of protobufjs's optional class for them where that happens to be installed.
rewrite(out, (text) => {
  const numeric = text
    .replace(/\$util\.Long \? \$util\.Long\.fromBits\(0,0,(?:true|false)\) : 0/g, '0')
    .replace(/reader\.(u?int64|sint64|s?fixed64)\(\)/g, '$toNumber(reader.$1())');
  if (numeric.includes('64s('))
    throw new Error('[generate] repeated 64-bit integers are not supported; use 32 bits');
  return numeric.includes('$toNumber') ? numeric + toNumber : numeric;
});
rewrite(out.replace(/\.js$/, '.d.ts'), (text) => text.replace('import Long = require("long");\n', ''));
