/** The header of a safetensors file: written in one way, read with every rule of the format enforced. Pure; no files. */
import { CheckpointError } from './checkpoint-error.ts';
import { firstDuplicateKey } from './duplicate-key.ts';
import {
  byName,
  byteLength,
  bytesPerElement,
  isDtype,
  isName,
  isShape,
  typeText,
  type TensorSpec,
} from './tensor.ts';

/** The format's own limit: a longer header is an attack or garbage. */
export const maxHeaderBytes = 100_000_000;
/** The header's length comes first, as an unsigned 64-bit integer. */
export const prefixBytes = 8;

/** A tensor and where its data lies, counted from the end of the header. */
export type TensorRange = TensorSpec & { readonly begin: number; readonly end: number };

/** The order of tensors in a file: widest elements first, which aligns all of them without gaps. */
export const fileOrder = <T extends TensorSpec>(tensors: readonly T[]): T[] =>
  tensors.toSorted((a, b) => bytesPerElement[b.dtype] - bytesPerElement[a.dtype] || byName(a, b));

/** Prefix and header for tensors whose data follow in the order given. */
export function encodeHeader(tensors: readonly TensorSpec[], file: string): Uint8Array {
  const entries: [string, unknown][] = [['__metadata__', { producer: 'kiln' }]];
  let offset = 0;
  for (const { name, dtype, shape } of tensors) {
    const bytes = byteLength(dtype, shape);
    if (bytes === null || !isName(name) || !isShape(shape)) {
      throw new CheckpointError(
        'usage',
        file,
        `tensor ${JSON.stringify(name)} ${typeText({ dtype, shape })} cannot be stored`,
      );
    }
    entries.push([name, { dtype, shape, data_offsets: [offset, (offset += bytes)] }]);
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const header = Buffer.alloc(prefixBytes + Math.ceil(json.length / 8) * 8, ' ');
  if (header.length > maxHeaderBytes)
    throw new CheckpointError(
      'usage',
      file,
      `${tensors.length} tensors make a header of ${header.length} bytes, at most ${maxHeaderBytes}`,
    );
  header.writeBigUInt64LE(BigInt(header.length - prefixBytes));
  json.copy(header, prefixBytes);
  return header;
}

/** The header's length from the file's first 8 bytes, checked against the limit and the file's size. */
export function headerLength(prefix: Uint8Array, fileBytes: number, file: string): number {
  if (fileBytes < prefixBytes)
    throw new CheckpointError('truncated', file, `${fileBytes} bytes, too short for a safetensors file`);
  const length = Buffer.from(prefix.buffer, prefix.byteOffset, prefixBytes).readBigUInt64LE();
  if (length > BigInt(maxHeaderBytes))
    throw new CheckpointError(
      'malformed',
      file,
      `header of ${length} bytes, at most ${maxHeaderBytes} allowed`,
    );
  if (length > BigInt(fileBytes - prefixBytes)) {
    throw new CheckpointError('truncated', file, `header of ${length} bytes in a file of ${fileBytes}`);
  }
  return Number(length);
}

/**
 * The tensors of a header, in the order of their data. Refuses whatever the format forbids: unknown or doubled keys, ranges
 * out of bounds, overlapping or with holes between, and shapes that do not fit their range.
 */
export function parseHeader(bytes: Uint8Array, dataBytes: number, file: string): TensorRange[] {
  const entries = Object.entries(parseObject(bytes, file)).filter(
    ([name, entry]) => name !== '__metadata__' || !isMetadata(entry),
  );
  const tensors = entries.map(([name, entry]) => parseEntry(name, entry, dataBytes, file));
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end || byName(a, b));
  let end = 0;
  for (const tensor of tensors) {
    if (tensor.begin !== end) {
      const fault = tensor.begin < end ? 'overlaps the one before' : 'leaves a hole before it';
      throw new CheckpointError(
        'malformed',
        file,
        `tensor ${JSON.stringify(tensor.name)} starts at ${tensor.begin}, expected ${end}: it ${fault}`,
      );
    }
    end = tensor.end;
  }
  if (end !== dataBytes)
    throw new CheckpointError('malformed', file, `tensors end at byte ${end} of ${dataBytes} bytes of data`);
  return tensors;
}

function parseObject(bytes: Uint8Array, file: string): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    throw new CheckpointError('malformed', file, `header is not JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (!text.startsWith('{') || !isObject(value))
    throw new CheckpointError('malformed', file, 'header is not a JSON object');
  const duplicate = firstDuplicateKey(text);
  if (duplicate !== null)
    throw new CheckpointError('malformed', file, `header has ${JSON.stringify(duplicate)} twice`);
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMetadata = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string');

function parseEntry(name: string, entry: unknown, dataBytes: number, file: string): TensorRange {
  const refuse = (reason: string) =>
    new CheckpointError('malformed', file, `tensor ${JSON.stringify(name.slice(0, 80))} ${reason}`);
  if (!isName(name)) throw refuse('has a name that is empty, too long, reserved or holds control characters');
  if (!isObject(entry)) throw refuse('is not described by an object');
  const { dtype, shape, data_offsets: offsets, ...rest } = entry;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw refuse(`has an unknown key ${JSON.stringify(unknown.slice(0, 80))}`);
  if (!isDtype(dtype))
    throw refuse(
      `has dtype ${JSON.stringify(dtype)}, expected one of ${Object.keys(bytesPerElement).join(', ')}`,
    );
  if (!isShape(shape)) throw refuse('has a shape that is not a list of sizes');
  if (!isShape(offsets) || offsets.length !== 2) throw refuse('has no pair of offsets');
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataBytes)
    throw refuse(`has offsets ${begin} to ${end} in ${dataBytes} bytes of data`);
  const bytes = byteLength(dtype, shape);
  if (bytes !== end - begin)
    throw refuse(
      `${typeText({ dtype, shape })} needs ${bytes ?? 'too many'} bytes, its offsets give ${end - begin}`,
    );
  return { name, dtype, shape, begin, end };
}
