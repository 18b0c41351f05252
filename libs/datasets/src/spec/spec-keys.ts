/** Every key of a data specification: which sources take it, how it is read from text, and which values it may have. */
import { DatasetError } from '../errors.ts';
import { MAX_EXAMPLES } from '../limits.ts';
import type { DataSpec, SourceName } from './data-spec.ts';

interface SpecKey {
  /** Absent: every source. */
  readonly sources?: readonly SourceName[];
  /** What a good value is, for messages. */
  readonly rule: string;
  fromText(text: string): unknown;
  accepts(value: unknown): boolean;
}

/** Every key of every source. */
type SpecKeyName = DataSpec extends infer Spec ? (Spec extends DataSpec ? keyof Spec : never) : never;

const requiredKeys: Record<SourceName, readonly string[]> = {
  idx: ['path', 'images'],
  cifar10: ['path'],
  folder: ['path'],
  tfrecord: ['path'],
  packed: ['path'],
  shapes: [],
};

export const sourceNames = Object.keys(requiredKeys) as SourceName[];

const text = {
  fromText: (value: string) => value,
  accepts: (value: unknown) => typeof value === 'string' && value !== '',
};

function wholeNumber(low: number, high: number): SpecKey {
  return {
    rule: `a whole number from ${low} to ${high}`,
    fromText: (value) => (/^\d+$/.test(value) ? Number(value) : value),
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high,
  };
}

function oneOf(values: readonly unknown[], rule: string): SpecKey {
  return {
    rule,
    fromText: (value) => values.find((known) => String(known) === value) ?? value,
    accepts: (value) => values.includes(value),
  };
}

function numberBetween(low: number, high: number): SpecKey {
  return {
    rule: `a number from ${low} to ${high}`,
    fromText: (value) => (/^\d*\.?\d+$/.test(value) ? Number(value) : value),
    accepts: (value) => typeof value === 'number' && value >= low && value <= high,
  };
}

const MAX_SIDE = 4096;
const isSide = (value: unknown): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= MAX_SIDE;

/** Sources whose images are decoded. */
const ENCODED = ['folder', 'tfrecord', 'packed'] as const;

const definitions: Record<SpecKeyName, SpecKey> = {
  source: oneOf(sourceNames, `one of ${sourceNames.join(', ')}`),
  resolution: {
    rule: `a side from 1 to ${MAX_SIDE}, or width and height such as 96x64`,
    fromText: (value) =>
      /^\d+$/.test(value) ? Number(value) : /^\d+x\d+$/.test(value) ? value.split('x').map(Number) : value,
    accepts: (value) => (Array.isArray(value) ? value.length === 2 && value.every(isSide) : isSide(value)),
  },
  fit: oneOf(['crop', 'pad', 'stretch'], 'crop, pad or stretch'),
  crop: oneOf(['center', 'random'], 'center or random'),
  zoom: numberBetween(1, 8),
  channels: oneOf([1, 3], '1 (grey) or 3 (colour)'),
  range: {
    rule: 'first..end, two whole numbers with first < end',
    fromText: (value) => (/^\d+\.\.\d+$/.test(value) ? value.split('..').map(Number) : value),
    accepts: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every(Number.isSafeInteger) &&
      value[0] >= 0 &&
      value[0] < value[1],
  },
  mirror: oneOf([true, false], 'true or false'),
  brightness: numberBetween(0, 1),
  contrast: numberBetween(0, 1),
  saturation: numberBetween(0, 1),
  hue: numberBetween(0, 0.5),
  maxPixels: { ...wholeNumber(1, 2 ** 30), sources: ENCODED },
  maxExpansion: { ...wholeNumber(1, 2 ** 20), sources: ENCODED },
  skipBad: wholeNumber(0, MAX_EXAMPLES),
  numExamples: wholeNumber(1, MAX_EXAMPLES),
  path: { ...text, sources: ['idx', 'cifar10', 'folder', 'tfrecord', 'packed'], rule: 'a path' },
  images: { ...text, sources: ['idx'], rule: 'a file name' },
  labels: { ...text, sources: ['idx', 'folder'], rule: 'a file name' },
  split: { ...oneOf(['train', 'test'], 'train or test'), sources: ['cifar10'] },
  imageKey: { ...text, sources: ['tfrecord'], rule: 'a feature name' },
  labelKey: { ...text, sources: ['tfrecord'], rule: 'a feature name' },
  n: { ...wholeNumber(1, MAX_EXAMPLES), sources: ['shapes'] },
  seed: { ...wholeNumber(0, 2 ** 31 - 1), sources: ['shapes'] },
};

/** By name, for names that may be anything. */
export const specKeys: Readonly<Record<string, SpecKey>> = definitions;

/** Checks a specification that came from JSON or from `--data`; names the key, its rule and the value got. */
export function checkSpec(spec: DataSpec): DataSpec {
  const values: Readonly<Record<string, unknown>> = { ...spec };
  const source = sourceNames.find((name) => name === values['source']);
  if (!source)
    throw new DatasetError(
      'bad-spec',
      `data.source must be ${specKeys['source']?.rule}, got ${JSON.stringify(values['source'])}`,
    );
  for (const [key, value] of Object.entries(values)) {
    const known = keysOf(source);
    const definition = known.includes(key) ? specKeys[key] : undefined;
    if (!definition)
      throw new DatasetError(
        'bad-spec',
        `unknown key "${key}" for ${source} data${suggestion(key, known)}; known: ${known.join(', ')}`,
      );
    if (value !== undefined && !definition.accepts(value))
      throw new DatasetError(
        'bad-spec',
        `data.${key} must be ${definition.rule}, got ${JSON.stringify(value)}; change --data`,
      );
  }
  const missing = requiredKeys[source].find((key) => values[key] === undefined);
  if (missing)
    throw new DatasetError(
      'bad-spec',
      `data.${missing} is required for ${source} data (${specKeys[missing]?.rule}); change --data`,
    );
  return spec;
}

export function keysOf(source: SourceName): string[] {
  return Object.keys(specKeys).filter((key) => specKeys[key]?.sources?.includes(source) ?? true);
}

/** `; did you mean "…"?` for the nearest known name within two edits, or nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const scored = known.map((candidate) => ({
    candidate,
    distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = scored.toSorted((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= 2 ? `, did you mean "${best.candidate}"?` : '';
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}
