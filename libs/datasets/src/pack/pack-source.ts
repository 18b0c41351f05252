/** What a source must be to be packed, and how its images are stored. */
import { relative } from 'node:path';
import { DatasetError } from '../errors.ts';
import { augmentationOf, drawNames } from '../pipeline/augmentation.ts';
import type { Source } from '../sources/source.ts';
import { type DataSpec, sizeOf } from '../spec/data-spec.ts';
import type { EncodedOptions, Encoding } from './encoded-images.ts';

export function refuseAugmentation(spec: DataSpec): void {
  const [first] = drawNames(augmentationOf(spec));
  if (first)
    throw new DatasetError(
      'bad-spec',
      `${first.replace(/[XY]$/, '')} is random anew each epoch and cannot be stored; leave it out here and give it to kiln train`,
    );
}

/** What opening saw, all of it together. */
export function refuseFaults({ faults, numExamples }: Source): void {
  const [first] = faults.values();
  if (!first) return;
  const count =
    faults.size === 1 ? '' : `${faults.size} of ${numExamples} images cannot be used; this one because `;
  throw new DatasetError(first.code, `${count}${first.reason}; or leave such out with --on-bad-image skip`, {
    ...(first.file === null ? {} : { file: first.file }),
    ...(first.offset === null ? {} : { offset: first.offset }),
    cause: first,
  });
}

export function storedAs(
  spec: DataSpec,
  source: Source,
  asked: Encoding | undefined,
): Pick<EncodedOptions, 'target' | 'channels' | 'fit' | 'encoding'> {
  const channels = spec.channels ?? source.channels;
  const target = spec.resolution === undefined ? null : { ...sizeOf(spec.resolution), channels };
  const mustEncode = target !== null || spec.channels !== undefined || source.kind === 'array';
  const encoding = asked ?? (mustEncode ? 'png' : 'keep');
  if (encoding === 'keep' && mustEncode)
    throw new DatasetError(
      'bad-spec',
      'keep stores files as they are, which needs image files and no other size or channels; use --format png or jpeg',
    );
  return { target, channels, fit: spec.fit ?? 'crop', encoding };
}

export function pathOf(spec: DataSpec): string {
  return 'path' in spec ? spec.path : spec.source;
}

/** Where an image came from, as far as that does not depend on where the source lies. */
export function nameOf(source: Source, spec: DataSpec, index: number): string {
  const { file, offset } = source.locate(index);
  if (file === undefined) return `${spec.source} ${index}`;
  const name = relative(pathOf(spec), file) || file.split('/').at(-1);
  return offset === undefined ? `${name}` : `${name} ${offset}`;
}
