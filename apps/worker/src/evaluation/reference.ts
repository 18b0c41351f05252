/** Features of all examples of a run's data, from the cache or computed by all workers together. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { rank, sumDoubles, together } from '@kiln/collectives';
import { openDataset, type DataSpec, type Dataset } from '@kiln/datasets';
import type { FeatureExtractor, OnProgress } from '@kiln/metrics';
import { datasetFeatures, unaugmented } from './dataset-features.ts';
import { readReference, writeReference, type Reference, type ReferenceIdentity } from './reference-cache.ts';

export interface ReferenceOptions {
  readonly data: DataSpec;
  readonly extractor: FeatureExtractor;
  /** What people should know, in the form of a line that begins with a tag. */
  readonly warn: (message: string) => void;
  readonly onProgress?: OnProgress | undefined;
}

export interface LoadedReference {
  /** Fingerprint of the data. */
  readonly data: string;
  readonly count: number;
  /** Rank 0 compares; the others have null where rank 0 found them in the cache. */
  readonly statistics: Reference | null;
}

/** All workers must call it. */
export async function referenceOf(options: ReferenceOptions): Promise<LoadedReference> {
  const spec = unaugmented(options.data);
  const dataset = await openDataset(spec);
  try {
    const facts = { data: dataset.fingerprint, count: dataset.numExamples };
    // Rank 0 alone looks, so that all do the same.
    const look = async () => {
      if (rank() !== 0) return { identity: null, cached: null };
      const identity = await identityOf(spec, dataset, options.extractor);
      return { identity, cached: await readReference(identity, options.warn) };
    };
    const { identity, cached } = await together(look, 'reference/looked');
    const [isCached] = await sumDoubles(Float64Array.of(cached === null ? 0 : 1), 'reference/cached');
    if (isCached === 1) return { ...facts, statistics: cached };
    const statistics = await datasetFeatures(dataset, { ...options, label: 'reference' });
    if (identity !== null)
      await writeReference(identity, statistics).catch((error: Error) =>
        options.warn(`[reference] the statistics of the data are not kept: ${error.message}`),
      );
    return { ...facts, statistics };
  } finally {
    dataset.dispose();
  }
}

async function identityOf(
  spec: DataSpec,
  dataset: Dataset,
  { name, weights, resize }: FeatureExtractor,
): Promise<ReferenceIdentity> {
  // The same data at another place are the same data.
  const { path: _, ...choice } = { path: '', ...spec };
  return {
    data: dataset.fingerprint,
    files: await filesOf(dataset),
    spec: JSON.stringify(choice, Object.keys(choice).toSorted()),
    extractor: name,
    weights,
    resize,
  };
}

async function filesOf(dataset: Dataset): Promise<string> {
  const files = new Set<string>();
  for (let index = 0; index < dataset.numExamples; index++) {
    const { file } = dataset.locate(index);
    if (file !== undefined) files.add(file);
  }
  const hash = createHash('sha256');
  for (const file of files) {
    const facts = await stat(file).catch(() => null);
    hash.update(`${facts?.size ?? 0} ${facts?.mtimeMs ?? 0}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
