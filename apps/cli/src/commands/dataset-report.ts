/** What `kiln dataset` found or made, as text. Pure. */
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

interface Problem {
  readonly message: string;
}

interface Shard {
  readonly bytes: number;
}

/** The worker's answers, as far as they are shown. */
export interface DatasetReport {
  readonly source: string;
  readonly examples: number;
  readonly size: string;
  readonly channels: number;
  readonly classes: readonly { readonly name: string; readonly examples: number }[];
  readonly unusable: readonly Problem[];
  readonly fingerprint: string;
  readonly packed: {
    readonly encoding: string;
    readonly duplicates: number;
    readonly skipped: readonly unknown[];
    readonly shards: readonly Shard[];
  } | null;
}

export interface VerifyReport {
  readonly examples: number;
  readonly problems: readonly Problem[];
}

export interface PackReport {
  readonly out: string;
  readonly manifest: {
    readonly examples: number;
    readonly classNames: readonly string[];
    readonly encoding: string;
    readonly duplicates: number;
    readonly skipped: readonly { readonly file: string; readonly reason: string }[];
    readonly shards: readonly Shard[];
  };
}

/** More would hide the rest. */
const maxShown = 20;

export function infoText(report: DatasetReport): string {
  const { source, examples, size, channels, classes, unusable, fingerprint, packed } = report;
  const rows = [
    ['source', source],
    ['images', String(examples)],
    ['size', `${size}, ${channels === 1 ? 'grey' : 'colour'}`],
    ['classes', classes.length === 0 ? 'none' : String(classes.length)],
    ...(packed === null
      ? []
      : [['files', `${filesText(packed.shards)}, stored as ${storedText(packed.encoding)}`]]),
    ...(packed === null ? [] : [['duplicates', String(packed.duplicates)]]),
    ...(packed === null ? [] : [['left out', String(packed.skipped.length)]]),
    ['fingerprint', fingerprint.slice(0, 16)],
  ];
  const counts = classes.map(({ name, examples: count }) => [`  ${name}`, String(count)]);
  return [
    table(rows),
    ...(counts.length === 0 ? [] : [table(some(counts)), ...rest(counts)]),
    ...(unusable.length === 0 ? [] : [`${unusable.length} unusable:`, ...problemLines(unusable)]),
  ].join('\n');
}

export function verifyText({ examples, problems }: VerifyReport): string {
  if (problems.length === 0) return `${examples} images, all sound`;
  return [`${problems.length} problems in ${examples} images:`, ...problemLines(problems)].join('\n');
}

export function packText({ manifest }: PackReport, out: string): string {
  const { examples, classNames, shards, duplicates, skipped, encoding } = manifest;
  const classes = classNames.length === 0 ? '' : ` of ${classNames.length} classes`;
  const notes = [
    ...(duplicates === 0 ? [] : [`${duplicates} duplicates`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} left out`]),
  ];
  return [
    `${out}: ${examples} images${classes}, ${filesText(shards)}, stored as ${storedText(encoding)}${notes.map((note) => `; ${note}`).join('')}`,
    `  train on it   kiln train <recipe> --data ${out}`,
  ].join('\n');
}

function filesText(shards: readonly Shard[]): string {
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  return `${formatBytes(bytes)} in ${shards.length} ${shards.length === 1 ? 'file' : 'files'}`;
}

const storedText = (encoding: string): string => (encoding === 'keep' ? 'they were' : encoding.toUpperCase());

const problemLines = (problems: readonly Problem[]): string[] => [
  ...some(problems).map(({ message }) => `  ${message}`),
  ...rest(problems),
];

const some = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, maxShown);

const rest = ({ length }: readonly unknown[]): string[] =>
  length > maxShown ? [`  and ${length - maxShown} more; --json has all`] : [];
