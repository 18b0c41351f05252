/** Gradients of gradients are TensorFlow's: the penalties of GANs, and every op with a kink, against its nested tape. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import { ensurePython } from '../../../apps/bench/src/python.ts';
import { atLeast, atMost, type Claim } from '../claim.ts';
import { run, scratchFolder } from '../kiln.ts';
import { kinkNumbers, penaltyNumbers } from './cases.ts';
import { kinks } from '../../../libs/engine/src/gradients/testing/kinks.ts';
import { penaltyCases } from './penalties.ts';

interface Report {
  /** Relative differences: of the loss, of all gradients together, and of the worst parameter. */
  readonly penalties: Readonly<Record<string, { loss: number; all: number; worst: number; of: string }>>;
  /** Of the first and second gradients, apart from kinks and at them; null where TensorFlow has none. */
  readonly kinks: Readonly<Record<string, (number | null)[]>>;
  /** How far TensorFlow's own second gradients are from central differences, where the script goes round them. */
  readonly faults: Readonly<Record<string, number>>;
}

export async function gradients(): Promise<Claim[]> {
  const python = await ensurePython(['tensorflow-cpu==2.21.0']);
  startEngine({});
  const folder = scratchFolder();
  const penalties: Record<string, object> = {};
  for (const penalty of penaltyCases) penalties[penalty.name] = await penaltyNumbers(penalty);
  const numbers = { penalties, kinks: Object.fromEntries(kinks.map((name) => [name, kinkNumbers(name)])) };
  const file = join(folder, 'numbers.json');
  await writeFile(file, JSON.stringify(numbers));
  const script = join(import.meta.dirname, 'tensorflow_gradients.py');
  const { code, output } = await run(python, [script, file]);
  if (code !== 0) throw new Error(output);
  return claimsOf(JSON.parse(output.trim().split('\n').at(-1)!) as Report);
}

function claimsOf({ penalties, kinks: ops, faults }: Report): Claim[] {
  return [
    ...Object.entries(penalties).flatMap(([name, { loss, all, worst, of }]) => [
      atMost(`${name}: loss`, loss, 1e-5),
      atMost(`${name}: gradient for all parameters`, all, 1e-4),
      atMost(`${name}: gradient for the worst of them (${of})`, worst, 1e-4),
    ]),
    ...Object.entries(ops).map(([name, errors]) => {
      const told = errors.filter((error) => error !== null);
      const orders = told.length < errors.length ? 'first gradient' : 'first and second gradient';
      return atMost(`${name}: ${orders}, apart from kinks and at them`, Math.max(...told), 1e-5);
    }),
    ...Object.entries(faults).map(([name, error]) =>
      atLeast(`TensorFlow's second gradient of ${name} is wrong, so it is composed: error`, error, 0.01),
    ),
  ];
}
