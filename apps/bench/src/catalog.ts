/** All cases of `npm run bench`. A new one is a file in `cases` and a row here. */
import type { Case } from './case.ts';
import { allReduce } from './cases/allreduce.ts';
import { buckets } from './cases/buckets.ts';
import { checkpoint } from './cases/checkpoint.ts';
import { input } from './cases/input.ts';
import { scaling } from './cases/scaling.ts';
import { startup } from './cases/startup.ts';
import { stepBiggan } from './cases/step-biggan.ts';
import { stepDcgan } from './cases/step-dcgan.ts';
import { stepWgangp } from './cases/step-wgangp.ts';

export const catalog = {
  'step-dcgan': stepDcgan,
  'step-biggan': stepBiggan,
  'step-wgangp': stepWgangp,
  allreduce: allReduce,
  input,
  checkpoint,
  scaling,
  buckets,
  startup,
} as const satisfies Readonly<Record<string, Case>>;

export type CaseName = keyof typeof catalog;

export const caseNames = Object.keys(catalog) as CaseName[];
