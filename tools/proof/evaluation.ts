/** FID and KID do not depend on the number of workers, nor on whether they are measured while training, afterwards or in a resumed run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost, equal, type Claim } from './claim.ts';
import { kiln, scratchFolder } from './kiln.ts';

interface Evaluation {
  readonly fid: number;
  readonly kid: number;
  readonly asAsked: number;
  readonly step: number;
}

const num = 500;
const training = ['--seed', '5', '--set', 'width=8', '--evaluate-every', '2', '--evaluate-num', String(num)];

async function evaluations(run: string): Promise<Evaluation[]> {
  const lines = (await readFile(join(run, 'evaluations.jsonl'), 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Evaluation);
}

async function measured(run: string, workers: number): Promise<Evaluation> {
  const text = await kiln('evaluate', run, '--num', String(num), '--workers', String(workers), '--json');
  return JSON.parse(text) as Evaluation;
}

const difference = (of: Evaluation, as: Evaluation): number =>
  Math.max(Math.abs(of.fid / as.fid - 1), Math.abs(of.kid / as.kid - 1));

const numbers = (all: readonly Evaluation[]): string =>
  JSON.stringify(all.map(({ fid, kid, step }) => [step, fid, kid]));

export async function evaluation(): Promise<Claim[]> {
  const folder = scratchFolder();
  const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
  await kiln('train', 'digits-cgan', '--workers', '2', '--kimg', '4', ...training, '--run', whole);
  await kiln('train', 'digits-cgan', '--workers', '2', '--kimg', '2', ...training, '--run', parts);
  await kiln('resume', parts, '--kimg', '4');
  const scheduled = await evaluations(whole);
  const resumed = await evaluations(parts);
  const alone = await measured(whole, 1);
  const claims = [
    equal('measured in a resumed run, as in one go', numbers(resumed), numbers(scheduled)),
    atMost(
      'afterwards beside while training: relative difference',
      difference(alone, scheduled.at(-1)!),
      1e-7,
    ),
  ];
  for (const workers of [2, 4]) {
    const shared = await measured(whole, workers);
    claims.push(atMost(`${workers} workers beside 1: relative difference`, difference(shared, alone), 1e-7));
    claims.push(
      equal(`${workers} workers beside 1: as asked`, String(shared.asAsked), String(alone.asAsked)),
    );
  }
  return claims;
}
