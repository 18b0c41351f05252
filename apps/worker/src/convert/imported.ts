/** What a file has of a run, by the convention that it follows. */
import {
  checkpointOptions,
  importWeights,
  readWeights,
  WeightError,
  weightSets,
  type WeightArray,
  type Weights,
} from '@kiln/weights';
import type { RunConfig } from '../run-config.ts';
import { warn } from '../warn.ts';
import { meanStyle } from './average-style.ts';
import { conventionOf } from './conventions.ts';
import { averageStyle, subjectOf, type Subject } from './subject.ts';

/**
 * A subject's variables out of a file, by `<network>/…`; the average w is made of the mapping network where the file lacks it. Throws
 * `WeightError` for whatever else is missing, left over or of another shape.
 */
export async function imported(file: string, from: string, subject: Subject): Promise<Weights> {
  const { names, sets, options } = conventionOf(from, '--from', subject);
  const theirs = await readWeights(file, sets);
  const said = options === undefined ? new Map() : await checkpointOptions(file, options.key);
  const reason = options?.mismatch(said) ?? null;
  if (reason !== null) throw new WeightError('mismatch', file, reason);
  const shapes = new Map(subject.shapes);
  const style = shapes.get(averageStyle);
  const lacksStyle = style !== undefined && !theirs.has(names.counterpart(averageStyle, style)?.name ?? '');
  if (lacksStyle) shapes.delete(averageStyle);
  const weights = importWeights(theirs, shapes, names, file);
  for (const what of options?.approximations(theirs, said) ?? []) warn(`[weights] ${file}: ${what}`);
  return lacksStyle ? new Map([...weights, [averageStyle, await meanStyle(subject, weights)]]) : weights;
}

/** What a checkpoint of theirs has of a run beside the averages: by the paths `networks/…` of a run's state. */
export async function trainedBeside(
  file: string,
  from: string,
  plan: RunConfig,
  subject: Subject,
): Promise<[string, WeightArray][]> {
  const found = await weightSets(file);
  const { trained = [] } = conventionOf(from, '--from', subject);
  const parts = trained
    .filter(({ set }) => found.includes(set))
    .map(async ({ set, network }) => {
      const part = subjectOf(plan, network);
      const shapes = new Map(part.shapes);
      // It is of the averages.
      shapes.delete(averageStyle);
      return imported(`${file}#${set}`, from, { ...part, shapes });
    });
  return (await Promise.all(parts)).flatMap((weights) =>
    [...weights].map(([path, array]): [string, WeightArray] => [`networks/${path}`, array]),
  );
}
