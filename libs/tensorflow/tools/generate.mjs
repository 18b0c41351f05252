/** Makes src/gen from the proto file. `npm run generate`; the output is committed, and a test fails when it is stale. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lib = dirname(dirname(fileURLToPath(import.meta.url)));
const proto = join(lib, '../../protos/tensorflow/tensorflow.proto');
const out = join(process.argv[2] ?? join(lib, 'src/gen'), 'tensorflow.js');
const header = '// Generated from protos/tensorflow/tensorflow.proto by `npm run generate`. Do not edit.\n';

const pbjs = join(dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json')), 'bin/pbjs');
const target = ['--target', 'static-module', '--wrap', 'esm', '--root', 'kiln.tensorflow', '--force-number'];
const leftOut = ['create', 'delimited', 'typeurl', 'service', 'verify', 'convert'].map(
  (part) => `--no-${part}`,
);

function generate(...more) {
  const args = [pbjs, ...target, ...leftOut, ...more, '--out', out, proto];
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function rewrite(file, edit) {
  writeFileSync(file, header + edit(readFileSync(file, 'utf8')));
}

mkdirSync(dirname(out), { recursive: true });
// The types are made from the comments, which the code itself does without.
generate('--dts');
generate('--no-comments');
// Numbers stand for 64-bit integers everywhere, so protobufjs's optional class for them is not needed.
rewrite(out, (text) =>
  text.replace(/\$util\.Long \? \$util\.Long\.fromBits\(0,0,(?:true|false)\) : 0/g, '0'),
);
rewrite(out.replace(/\.js$/, '.d.ts'), (text) => text.replace('import Long = require("long");\n', ''));
