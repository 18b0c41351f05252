/** Reads a run's config.json for commands that draw from the run; people may have edited it, or brought it from elsewhere. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findRecipe } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { WorkerError } from './worker-error.ts';

const count = z.int().positive();

/** What those commands use of it. */
const schema = z.looseObject({
  recipe: z.string(),
  settings: z.looseObject({}),
  data: z.looseObject({ source: z.string() }).nullable(),
  dataInfo: z.looseObject({
    numExamples: count,
    imageShape: z.tuple([count, count, count]),
    numClasses: z.int().nonnegative(),
  }),
  batch: count,
  device: z.string(),
});

/** Throws `WorkerError` (usage) that names the file and what is wrong with it. */
export async function readRun(runFolder: string): Promise<RunConfig> {
  const file = join(runFolder, 'config.json');
  const refuse = (problem: string): never => {
    throw new WorkerError(
      'usage',
      `${file} is not the configuration of a run: ${problem}; restore it, or train again`,
    );
  };
  const text = await readFile(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse((error as Error).message);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return refuse(oneLine(parsed.error));
  const settings = findRecipe(parsed.data.recipe).settings.safeParse(parsed.data.settings);
  if (!settings.success) return refuse(oneLine(settings.error));
  return value as RunConfig;
}

const oneLine = (error: z.ZodError): string => z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ');
