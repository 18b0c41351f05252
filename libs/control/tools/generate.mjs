/** Makes src/gen from the proto file. `npm run generate`; the output is committed, and a test fails when it is stale. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lib = dirname(dirname(fileURLToPath(import.meta.url)));
const proto = join(lib, '../../protos/kiln/control/v1/control.proto');
const out = join(process.argv[2] ?? join(lib, 'src/gen'), 'control.js');
const header = '// Generated from protos/kiln/control/v1/control.proto by `npm run generate`. Do not edit.\n';

const pbjs = join(dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json')), 'bin/pbjs');
// A root of its own: generated code of other libs must not share protobufjs's default one.
const target = ['--target', 'static-module', '--wrap', 'esm', '--root', 'kiln.control', '--force-number'];
const leftOut = ['delimited', 'typeurl', 'service', 'verify', 'convert'].map((part) => `--no-${part}`);
const generate = (...more) =>
  execFileSync(process.execPath, [pbjs, ...target, ...leftOut, ...more, '--out', out, proto], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
const rewrite = (file, edit) => writeFileSync(file, header + edit(readFileSync(file, 'utf8')));

mkdirSync(dirname(out), { recursive: true });
// The types are read off the comments, which the code itself does without.
generate('--dts');
generate('--no-comments');
// --force-number makes numbers of the types only; where the Long package is installed, code would still make Longs.
const toNumber = 'const $toNumber = (value) => (typeof value === "number" ? value : value.toNumber());\n';
rewrite(
  out,
  (text) =>
    text
      .replace(/\$util\.Long \? \$util\.Long\.fromBits\(0,0,(?:true|false)\) : 0/g, '0')
      .replace(/reader\.uint64\(\)/g, '$toNumber(reader.uint64())') + toNumber,
);
rewrite(out.replace(/\.js$/, '.d.ts'), (text) => text.replace('import Long = require("long");\n', ''));
