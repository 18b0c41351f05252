/**
 * Labels from a file beside the images. CSV: a head line with the columns `file` and `label`. JSON: an object from file to label, or
 * `{ "labels": [[file, label], …] }`, what StyleGAN's dataset tool writes. Labels are all class numbers or all class names.
 */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { DatasetError, fileError } from '../errors.ts';
import { MAX_CLASSES } from '../limits.ts';
import type { FolderScan } from './folder-scan.ts';

interface Row {
  readonly file: string;
  readonly label: string | number;
  /** Where it stands, for messages. */
  readonly place: string;
}

/** The images that the file labels, with its classes in place of the folders'. Every image needs a row, every row an image. */
export async function labelImages(scan: FolderScan, file: string): Promise<FolderScan> {
  const rows = new Map<string, Row>();
  for (const row of await readRows(file)) {
    const earlier = rows.get(row.file);
    if (earlier) throw bad(file, `${row.place} labels ${row.file} a second time, after ${earlier.place}`);
    rows.set(row.file, row);
  }
  const images = new Set(scan.files);
  const strays = [...rows.values()].filter((row) => !images.has(row.file));
  if (strays[0])
    throw bad(file, `${strays[0].place} labels ${strays[0].file}, which is no image here${more(strays)}`);
  const unlabelled = scan.files.filter((name) => !rows.has(name));
  if (unlabelled.length > 0) throw bad(file, `has no label for ${unlabelled[0]}${more(unlabelled)}`);
  const ordered = scan.files.map((name) => rows.get(name) as Row);
  return { files: scan.files, ...classesOf(file, ordered) };
}

function classesOf(file: string, rows: readonly Row[]): Pick<FolderScan, 'classNames' | 'labels'> {
  const numbered = rows.every(({ label }) => isClassNumber(label));
  if (numbered) {
    const labels = Int32Array.from(rows, ({ label }) => Number(label));
    const numClasses = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
    return { labels, classNames: Array.from({ length: numClasses }, (_, label) => String(label)) };
  }
  const stray = rows.find(({ label }) => typeof label === 'number');
  if (stray)
    throw bad(
      file,
      `${stray.place} has the label ${stray.label}; expected only names, or whole numbers from 0 to ${MAX_CLASSES - 1}`,
    );
  const classNames = [...new Set(rows.map(({ label }) => label as string))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
  const numbers = new Map(classNames.map((name, label) => [name, label]));
  return { classNames, labels: Int32Array.from(rows, ({ label }) => numbers.get(label as string) as number) };
}

function isClassNumber(label: string | number): boolean {
  return /^\d+$/.test(String(label)) && Number(label) < MAX_CLASSES;
}

async function readRows(file: string): Promise<Row[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw fileError(file, cause, 'change labels');
  }
  return file.endsWith('.json') ? jsonRows(file, text) : csvRows(file, text);
}

function csvRows(file: string, text: string): Row[] {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, { columns: true, info: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (cause) {
    throw bad(file, `is no CSV: ${(cause as Error).message}`);
  }
  return records.map(({ record: { file: name, label }, info: { lines } }) => {
    const place = `line ${lines}`;
    if (!name || !label)
      throw bad(file, `${place} has no file or no label; expected a head line "file,label"`);
    return { file: portable(name), label, place };
  });
}

function jsonRows(file: string, text: string): Row[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw bad(file, `is no JSON: ${(cause as Error).message}`);
  }
  const pairs: unknown = isObject(value) ? (value['labels'] ?? Object.entries(value)) : null;
  if (!Array.isArray(pairs))
    throw bad(file, 'expected {"image.png": label, …} or {"labels": [["image.png", label], …]}');
  return pairs.map((pair: unknown, i) => {
    const [name, label] = Array.isArray(pair) ? (pair as unknown[]) : [];
    const usable = typeof label === 'string' ? label !== '' : typeof label === 'number';
    if (typeof name !== 'string' || !usable)
      throw bad(file, `entry ${i} is ${JSON.stringify(pair)}; expected a file and its label`);
    return { file: portable(name), label: label as string | number, place: `entry ${i}` };
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const portable = (name: string): string => name.replaceAll('\\', '/').replace(/^\.\//, '');

const more = ({ length }: readonly unknown[]): string => (length === 1 ? '' : `, and ${length - 1} more`);

function bad(file: string, reason: string): DatasetError {
  return new DatasetError('malformed', `${reason}; change the file, or labels`, { file });
}
