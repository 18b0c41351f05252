/** TFRecord files of `tf.train.Example`s, every record of which the host indexes at opening. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatasetError, fileError } from '../errors.ts';
import { breather } from '../files/breathe.ts';
import { scanExample } from '../files/example-scan.ts';
import { FileWindow } from '../files/file-window.ts';
import { list } from '../files/folder-scan.ts';
import { decodingOf, readImageHeader, type ImageHeader } from '../files/image-header.ts';
import { RECORD_HEAD_BYTES, scanRecords, type RecordPlace } from '../files/tfrecord-index.ts';
import { type ImageLimits, limitsOf, MAX_CLASSES } from '../limits.ts';
import type { TfrecordSpec } from '../spec/data-spec.ts';
import { TFRECORD_NAME } from '../spec/recognise.ts';
import { countClasses } from './class-counts.ts';
import { FaultList, noneUsable } from './faults.ts';
import { fingerprint } from './fingerprint.ts';
import { ImageSizes } from './image-sizes.ts';
import { recordSource } from './records.ts';
import type { FileSource } from './source.ts';

/** What is asked of every record. */
export interface Wanted {
  readonly imageKey: string;
  readonly labelKey: string;
  readonly limits: ImageLimits;
}

interface RecordIndex {
  readonly file: number[];
  readonly place: RecordPlace[];
  /** -1: unlabelled. */
  readonly label: number[];
  readonly decoding: number[];
}

export async function openTfrecord(spec: TfrecordSpec): Promise<FileSource> {
  const files = await recordFiles(spec.path);
  const keys: Wanted = {
    imageKey: spec.imageKey ?? 'image',
    labelKey: spec.labelKey ?? 'label',
    limits: limitsOf(spec),
  };
  const sizes = new ImageSizes();
  const faults = new FaultList(spec.skipBad ?? 0);
  const index: RecordIndex = { file: [], place: [], label: [], decoding: [] };
  const bytes: number[] = [];
  for (const [fileNumber, file] of files.entries())
    bytes.push(await indexFile(file, fileNumber, keys, index, sizes, faults));
  const numExamples = index.place.length;
  if (sizes.count === 0) throw noneUsable(faults.found, spec.path);
  const numClasses = classCount(index, faults, files);
  const facts = {
    size: sizes.common,
    sizes: String(sizes),
    channels: sizes.channels,
    classNames: Array.from({ length: numClasses }, (_, label) => String(label)),
    classCounts: countClasses(index.label, numClasses),
    fingerprint: fingerprint([
      'tfrecord',
      String(numExamples),
      ...files.map((file, i) => `${basename(file)} ${bytes[i]}`),
    ]),
    faults: faults.found,
  };
  const table = {
    files,
    file: Int32Array.from(index.file),
    offset: BigInt64Array.from(index.place, ({ offset }) => BigInt(offset)),
    length: BigInt64Array.from(index.place, ({ length }) => BigInt(length)),
    label: Int32Array.from(index.label, (label) => Math.max(0, label)),
    decoding: Int32Array.from(index.decoding),
  };
  return recordSource(table, facts, keys.imageKey, (window, place) => void checkRecord(window, place, keys));
}

/** Returns the file's size. Broken framing is never skipped: nothing after it can be found. */
async function indexFile(
  file: string,
  fileNumber: number,
  keys: Wanted,
  index: RecordIndex,
  sizes: ImageSizes,
  faults: FaultList,
): Promise<number> {
  const window = FileWindow.open(file);
  const breathe = breather();
  try {
    for (const place of scanRecords(window)) {
      const checked = faults.try(index.place.length, () => checkRecord(window, place, keys));
      if (checked) sizes.add(checked.header);
      index.file.push(fileNumber);
      index.place.push(place);
      index.label.push(checked?.label ?? -1);
      index.decoding.push(checked ? decodingOf(checked.header) : 0);
      await breathe();
    }
    return window.size;
  } finally {
    window.close();
  }
}

export function checkRecord(
  window: FileWindow,
  place: RecordPlace,
  keys: Wanted,
): { header: ImageHeader; label: number | null } {
  const { offset, length } = place;
  const { image, label, names } = scanExample(
    window,
    offset + RECORD_HEAD_BYTES,
    length,
    keys.imageKey,
    keys.labelKey,
  );
  const malformed = (reason: string) => new DatasetError('malformed', reason, { file: window.file, offset });
  if (!image)
    throw malformed(
      `the record has no feature "${keys.imageKey}"; it has ${names.join(', ') || 'none'}; name the image's with --data …:imageKey=…`,
    );
  if (label !== null && (label < 0 || label >= MAX_CLASSES))
    throw malformed(`feature "${keys.labelKey}" must be from 0 to ${MAX_CLASSES - 1}, got ${label}`);
  return { header: readImageHeader(window, image.offset, image.length, { limits: keys.limits }), label };
}

/** Labels on some records only are a mistake; on none, the set is unlabelled. */
function classCount(index: RecordIndex, faults: FaultList, files: readonly string[]): number {
  let most = -1;
  let unlabelled = -1;
  for (const [i, label] of index.label.entries()) {
    if (faults.found.has(i)) continue;
    most = Math.max(most, label);
    if (label < 0 && unlabelled < 0) unlabelled = i;
  }
  if (most < 0 || unlabelled < 0) return most + 1;
  const place = {
    file: files[index.file[unlabelled] as number] as string,
    offset: (index.place[unlabelled] as RecordPlace).offset,
  };
  throw new DatasetError(
    'malformed',
    'this record has no label, though others do; name the label feature with --data …:labelKey=…',
    place,
  );
}

async function recordFiles(path: string): Promise<string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (cause) => {
      throw fileError(path, cause);
    },
  );
  if (!isFolder) return [path];
  const names = (await list(path))
    .filter((entry) => !entry.isFolder && TFRECORD_NAME.test(entry.name))
    .map((entry) => entry.name);
  if (names.length === 0)
    throw new DatasetError('empty', 'no *.tfrecord files here; change --data', { file: path });
  checkShards(path, names);
  return names.map((name) => join(path, name));
}

/** `…-00003-of-00016` names promise 16 files; a missing one would otherwise only make the set smaller. */
function checkShards(path: string, names: readonly string[]): void {
  const present = new Set(names);
  const sets = new Set<string>();
  for (const name of names) {
    const match = /^(.*)-(\d+)-of-(\d+)$/.exec(name);
    if (!match) continue;
    const [, stem, number, count] = match as unknown as [string, string, string, string];
    if (sets.has(`${stem} ${count}`)) continue;
    sets.add(`${stem} ${count}`);
    for (let shard = 0; shard < Number(count); shard++) {
      const expected = `${stem}-${String(shard).padStart(number.length, '0')}-of-${count}`;
      if (!present.has(expected))
        throw new DatasetError(
          'not-found',
          `one of the ${Number(count)} shards that "${name}" promises is missing`,
          { file: join(path, expected) },
        );
    }
  }
}
