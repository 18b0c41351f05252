/** `kiln dataset info`: what opening a set tells, also of one that cannot be trained on as it is. Reads headers, decodes nothing. */
import { type Manifest, readManifest } from '../files/packed-index.ts';
import { MAX_EXAMPLES } from '../limits.ts';
import { openSource } from '../sources/catalog.ts';
import type { DataSpec } from '../spec/data-spec.ts';
import { checkSpec } from '../spec/spec-keys.ts';
import { type Problem, problemOf } from './problem.ts';

export interface DatasetReport {
  readonly source: DataSpec['source'];
  readonly path: string | null;
  readonly examples: number;
  /** Width x height, as spans where images differ. */
  readonly size: string;
  readonly channels: number;
  readonly classes: readonly { readonly name: string; readonly examples: number }[];
  readonly unusable: readonly Problem[];
  readonly fingerprint: string;
  /** Of a packed set. */
  readonly packed: Pick<Manifest, 'encoding' | 'duplicates' | 'skipped' | 'shards'> | null;
}

export async function inspectDataset(spec: DataSpec): Promise<DatasetReport> {
  const source = await openSource(checkSpec({ ...spec, skipBad: MAX_EXAMPLES }));
  const { numExamples, sizes, channels, classNames, classCounts, faults, fingerprint } = source;
  return {
    source: spec.source,
    path: 'path' in spec ? spec.path : null,
    examples: numExamples,
    size: sizes,
    channels,
    classes: classNames.map((name, i) => ({ name, examples: classCounts[i] ?? 0 })),
    unusable: [...faults.values()].map(problemOf),
    fingerprint,
    packed: spec.source === 'packed' ? packedFacts(await readManifest(spec.path)) : null,
  };
}

function packedFacts({ encoding, duplicates, skipped, shards }: Manifest): DatasetReport['packed'] {
  return { encoding, duplicates, skipped, shards };
}
