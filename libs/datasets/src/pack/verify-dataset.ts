/** `kiln dataset verify`: reads a set to the last byte. A packed one is compared with its hashes, any other is decoded. */
import { startEngine } from '@kiln/engine';
import { MAX_EXAMPLES } from '../limits.ts';
import { openSource } from '../sources/catalog.ts';
import type { DataSpec } from '../spec/data-spec.ts';
import { checkSpec } from '../spec/spec-keys.ts';
import { encodedImages } from './encoded-images.ts';
import { problemOf } from './problem.ts';
import { verifyPacked, type VerifyReport } from './verify-packed.ts';

/** `onProgress`: the share done. Starts the engine where images must be decoded. */
export async function verifyDataset(
  spec: DataSpec,
  onProgress: (fraction: number) => void = () => {},
): Promise<VerifyReport> {
  if (spec.source === 'packed') return verifyPacked(spec.path, (done, total) => onProgress(done / total));
  const source = await openSource(checkSpec({ ...spec, skipBad: MAX_EXAMPLES }));
  const report = { path: 'path' in spec ? spec.path : null, examples: source.numExamples };
  // Arrays were read and checked whole by opening them.
  if (source.kind === 'array') return { ...report, problems: [] };
  startEngine();
  const problems: VerifyReport['problems'][number][] = [];
  const all = { source, first: 0, end: source.numExamples, target: null, channels: source.channels };
  for await (const example of encodedImages({ ...all, fit: 'crop', encoding: 'keep', quality: 0 })) {
    if ('fault' in example) problems.push(problemOf(example.fault));
    onProgress((example.index + 1) / source.numExamples);
  }
  return { ...report, problems };
}
