/** Every source of data, by the name that a specification gives it. A new one is a file here and a row below. */
import type { DataSpec, SourceName } from '../spec/data-spec.ts';
import { openCifar10 } from './cifar10.ts';
import { openFolder } from './folder.ts';
import { openIdx } from './idx.ts';
import { openPacked } from './packed.ts';
import { openShapes } from './shapes.ts';
import type { Source } from './source.ts';
import { openTfrecord } from './tfrecord.ts';

type Opener<Name extends SourceName> = (spec: Extract<DataSpec, { source: Name }>) => Promise<Source>;

export const sources: { readonly [Name in SourceName]: Opener<Name> } = {
  idx: openIdx,
  cifar10: openCifar10,
  folder: openFolder,
  tfrecord: openTfrecord,
  packed: openPacked,
  shapes: openShapes,
};

/** Reads and checks what a specification names, on the host alone. */
export function openSource(spec: DataSpec): Promise<Source> {
  const open = sources[spec.source] as Opener<SourceName>;
  return open(spec);
}
