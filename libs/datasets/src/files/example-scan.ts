/**
 * Finds two features in a serialised `tf.train.Example` without reading the rest: image bytes are skipped, not loaded, so
 * that a file's labels and image headers can be checked at the cost of a few small reads per record.
 */
import { DatasetError } from '../errors.ts';
import type { FileWindow } from './file-window.ts';

export interface ExampleFields {
  /** Where the encoded image lies in the file. */
  readonly image: { offset: number; length: number } | null;
  readonly label: number | null;
  /** Names of all features, for error messages. */
  readonly names: readonly string[];
}

interface Field {
  readonly number: number;
  readonly wire: number;
  /** The value of a varint field. */
  readonly value: number;
  /** Where a length-delimited field's payload lies. */
  readonly start: number;
  readonly end: number;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const MAX_NAME_BYTES = 1024;
const AHEAD_BYTES = 16384;

export function scanExample(
  window: FileWindow,
  start: number,
  length: number,
  imageKey: string,
  labelKey: string,
): ExampleFields {
  let image: ExampleFields['image'] = null;
  let label: number | null = null;
  const names: string[] = [];
  for (const features of fields(window, start, start + length)) {
    if (features.number !== 1 || features.wire !== BYTES) continue;
    for (const entry of fields(window, features.start, features.end)) {
      if (entry.number !== 1 || entry.wire !== BYTES) continue;
      const { name, feature } = mapEntry(window, entry);
      names.push(name);
      if (feature && name === imageKey) image = onlyBytes(window, feature, name);
      if (feature && name === labelKey) label = onlyInteger(window, feature, name);
    }
  }
  return { image, label, names };
}

function mapEntry(window: FileWindow, entry: Field): { name: string; feature: Field | null } {
  let name = '';
  let feature: Field | null = null;
  for (const part of fields(window, entry.start, entry.end)) {
    if (part.wire !== BYTES) continue;
    if (part.number === 1) name = text(window, part);
    if (part.number === 2) feature = part;
  }
  return { name, feature };
}

function text(window: FileWindow, field: Field): string {
  if (field.end - field.start > MAX_NAME_BYTES)
    throw broken(window, field.start, `a feature's name has ${field.end - field.start} bytes`);
  return window.read(field.start, field.end - field.start).toString('utf8');
}

function onlyBytes(window: FileWindow, feature: Field, name: string): { offset: number; length: number } {
  const found: Field[] = [];
  for (const list of fields(window, feature.start, feature.end)) {
    if (list.number !== 1 || list.wire !== BYTES)
      throw broken(window, feature.start, `feature "${name}" must be bytes (an encoded image)`);
    for (const value of fields(window, list.start, list.end))
      if (value.number === 1 && value.wire === BYTES) found.push(value);
  }
  const only = found[0];
  if (!only || found.length > 1)
    throw broken(window, feature.start, `feature "${name}" must hold one image, got ${found.length}`);
  return { offset: only.start, length: only.end - only.start };
}

function onlyInteger(window: FileWindow, feature: Field, name: string): number {
  const found: number[] = [];
  for (const list of fields(window, feature.start, feature.end)) {
    if (list.number !== 3 || list.wire !== BYTES)
      throw broken(window, feature.start, `feature "${name}" must be int64`);
    for (const value of fields(window, list.start, list.end)) {
      if (value.wire === VARINT) found.push(value.value);
      // Packed: the payload is bare varints.
      if (value.wire === BYTES)
        for (let at = value.start; at < value.end;) {
          const [number, next] = varint(window, at, value.end);
          found.push(number);
          at = next;
        }
    }
  }
  const only = found[0];
  if (only === undefined || found.length > 1)
    throw broken(window, feature.start, `feature "${name}" must hold one integer, got ${found.length}`);
  return only;
}

function* fields(window: FileWindow, start: number, end: number): Generator<Field> {
  let at = start;
  while (at < end) {
    const [tag, payload] = varint(window, at, end);
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    const field = payloadOf(window, number, wire, payload, end);
    yield field;
    at = field.end;
  }
}

function payloadOf(window: FileWindow, number: number, wire: number, at: number, end: number): Field {
  if (wire === VARINT) {
    const [value, next] = varint(window, at, end);
    return { number, wire, value, start: at, end: next };
  }
  const [length, start] =
    wire === BYTES ? varint(window, at, end) : [wire === FIXED64 ? 8 : wire === FIXED32 ? 4 : -1, at];
  if (length < 0) throw broken(window, at, `not a tf.train.Example: wire type ${wire}`);
  if (start + length > end)
    throw broken(window, at, `not a tf.train.Example: a field of ${length} bytes, but ${end - start} remain`);
  return { number, wire, value: 0, start, end: start + length };
}

/** Negative numbers (ten bytes, two's complement) come out as -1: no label is negative. */
function varint(window: FileWindow, at: number, end: number): [value: number, next: number] {
  const length = Math.min(10, end - at);
  const bytes = window.read(at, length, AHEAD_BYTES);
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return [value > Number.MAX_SAFE_INTEGER ? -1 : value, at + i + 1];
  }
  throw broken(window, at, 'not a tf.train.Example: a number does not end');
}

function broken(window: FileWindow, offset: number, reason: string): DatasetError {
  return new DatasetError('malformed', reason, { file: window.file, offset });
}
