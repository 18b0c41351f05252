/** What a specification comes to, found without TensorFlow: for a dry run, and as the first half of opening. */
import { DatasetError } from './errors.ts';
import { openSource } from './sources/catalog.ts';
import type { Source, Target } from './sources/source.ts';
import { type DataSpec, sizeOf } from './spec/data-spec.ts';
import { checkSpec } from './spec/spec-keys.ts';

export interface DatasetDescription {
  readonly source: DataSpec['source'];
  readonly path: string | null;
  /** Inside `range`. */
  readonly numExamples: number;
  /** Height, width, channels of what comes out. */
  readonly imageShape: readonly [number, number, number];
  /** 0: unlabelled; every label is 0 then. */
  readonly numClasses: number;
  readonly classNames: readonly string[];
  /** Examples of each class in the whole source, whatever the range. */
  readonly classCounts: readonly number[];
  /** Differs when the data differ; kept in checkpoints. */
  readonly fingerprint: string;
}

export interface OpenedSource {
  readonly source: Source;
  readonly target: Target;
  /** First example of the range. */
  readonly first: number;
  readonly description: DatasetDescription;
}

/** Counts, shape and classes of what `spec` names; every error that opening it would give. */
export async function describeDataset(spec: DataSpec): Promise<DatasetDescription> {
  return (await openAndDescribe(spec)).description;
}

export async function openAndDescribe(spec: DataSpec): Promise<OpenedSource> {
  checkSpec(spec);
  const source = await openSource(spec);
  const path = 'path' in spec ? spec.path : null;
  const { file = spec.source } = { file: path ?? undefined };
  if (spec.numExamples !== undefined && source.numExamples !== spec.numExamples) {
    throw new DatasetError(
      'malformed',
      `expected ${spec.numExamples} examples (numExamples), got ${source.numExamples}; is the set complete?`,
      { file },
    );
  }
  const [first, end] = spec.range ?? [0, source.numExamples];
  if (end > source.numExamples) {
    throw new DatasetError(
      'bad-spec',
      `range ${first}..${end} goes beyond the ${source.numExamples} examples; change --data`,
      { file },
    );
  }
  const target = targetOf(spec, source, file);
  const { classNames, classCounts, fingerprint } = source;
  return {
    source,
    target,
    first,
    description: {
      source: spec.source,
      path,
      numExamples: end - first,
      imageShape: [target.height, target.width, target.channels],
      numClasses: classNames.length,
      classNames,
      classCounts,
      fingerprint,
    },
  };
}

function targetOf(spec: DataSpec, source: Source, file: string): Target {
  const channels = spec.channels ?? source.channels;
  if (channels === 1 && (spec.saturation || spec.hue))
    throw new DatasetError(
      'bad-spec',
      'saturation and hue need colour images, these are grey; add channels=3, or leave them out',
      { file },
    );
  if (spec.resolution !== undefined) return { ...sizeOf(spec.resolution), channels };
  if (source.size) return { ...source.size, channels };
  throw new DatasetError(
    'bad-spec',
    `the images differ in size (${source.sizes}); give the size to train at, for example --data ${file}:resolution=64`,
    { file },
  );
}
