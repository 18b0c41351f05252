/** `npm run proof [name ...]`: the checks that take too long for every commit. Prints a table; fails if a claim does not hold. */
import type { Claim } from './claim.ts';
import { biggan } from './biggan.ts';
import { bigganDigits } from './biggan-digits.ts';
import { digits } from './digits.ts';
import { distances } from './distances.ts';
import { inception } from './inception.ts';
import { evaluation } from './evaluation.ts';
import { large } from './large.ts';
import { gradients } from './gradients/gradients.ts';
import { precision } from './precision.ts';
import { progan } from './progan.ts';
import { resume } from './resume.ts';
import { shapes } from './shapes.ts';
import { stylegan } from './stylegan.ts';
import { stylegan2 } from './stylegan2.ts';
import { steady } from './steady.ts';
import { workers } from './workers.ts';

const proofs: Readonly<Record<string, () => Promise<Iterable<Claim>> | AsyncIterable<Claim>>> = {
  gradients,
  workers,
  resume,
  steady,
  biggan,
  inception,
  distances,
  evaluation,
  progan,
  stylegan,
  stylegan2,
  large,
  digits,
  'biggan-digits': bigganDigits,
  shapes,
  precision,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in proofs));
if (unknown.length > 0) {
  process.stderr.write(`no proof "${unknown.join('", "')}" (proofs: ${Object.keys(proofs).join(', ')})\n`);
  process.exit(2);
}

let failed = 0;
for (const [name, proof] of Object.entries(proofs)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const begin = performance.now();
  process.stdout.write(`${name}\n`);
  for await (const { what, measured, bound, holds } of await proof()) {
    process.stdout.write(`  ${holds ? 'holds ' : 'FAILS '} ${what}: ${measured} (${bound})\n`);
    if (!holds) failed += 1;
  }
  process.stdout.write(`  ${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
}
process.exit(failed === 0 ? 0 : 1);
