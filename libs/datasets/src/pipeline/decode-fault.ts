/** What a decoder's failure says to the person who can mend the file. */
import { TensorFlowError } from '@kiln/tensorflow';
import { DatasetError } from '../errors.ts';

export function undecodable(
  place: { file?: string; offset?: number },
  cause: unknown,
  advice = 'allow some with skipBad',
): DatasetError {
  return new DatasetError(
    'malformed',
    `cannot be decoded: ${messageOf(cause)}; repair or remove it, or ${advice}`,
    { ...place, cause },
  );
}

/** TensorFlow's own words without its account of the nodes involved. */
export function messageOf(cause: unknown): string {
  const text = cause instanceof TensorFlowError ? cause.detail : String(cause);
  return text
    .replaceAll(/\{\{[^}]*\}\}\s*/g, '')
    .replace(/^(\w+PartitionedCall: ?)+/, '')
    .replace(/^IteratorGetNext: Error in user-defined function .*? with iterator: Iterator::\S+: /, '')
    .replace(/\s*(\n.*|\[Op:.*)$/s, '')
    .trim();
}
