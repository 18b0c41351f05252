/** The table of contents of a zip archive and its plain entries, with sizes, places and checksums checked. Knows nothing of PyTorch. */
import { crc32 } from 'node:zlib';
import { WeightError } from '../weight-error.ts';
import type { ByteSource } from '../byte-source.ts';

interface Entry {
  readonly method: number;
  readonly checksum: number;
  readonly storedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

const signatures = {
  entry: 0x02014b50,
  local: 0x04034b50,
  end: 0x06054b50,
  locator: 0x07064b50,
  end64: 0x06064b50,
};
const [endBytes, maxCommentBytes, entryBytes, localBytes] = [22, 65_535, 46, 30];
const absent = 0xffffffff;

export class ZipArchive {
  readonly #source: ByteSource;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(source: ByteSource, entries: ReadonlyMap<string, Entry>) {
    this.#source = source;
    this.#entries = entries;
  }

  /** Throws `WeightError` for an archive without a whole table of contents. */
  static async open(source: ByteSource): Promise<ZipArchive> {
    const { begin, bytes, count } = await directoryOf(source);
    return new ZipArchive(source, parseDirectory(await source.read(begin, bytes), count, source.file));
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** The entry's content. Throws `WeightError` when there is none of that name or it is damaged. */
  async read(name: string): Promise<Buffer> {
    const source = this.#source;
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new WeightError('malformed', source.file, `the archive has no "${name}"`);
    const header = await source.read(entry.offset, localBytes);
    if (header.readUInt32LE(0) !== signatures.local)
      throw new WeightError('malformed', source.file, `"${name}" is not where the table of contents says`);
    // Nothing is unpacked, so that no entry is larger than the file.
    if (entry.method !== 0 || entry.storedBytes !== entry.bytes)
      throw new WeightError(
        'unsupported',
        source.file,
        `"${name}" is compressed, which torch.save never does; save it again`,
      );
    const begin = entry.offset + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
    const content = await source.read(begin, entry.bytes);
    if (crc32(content) !== entry.checksum)
      throw new WeightError(
        'malformed',
        source.file,
        `the checksum of "${name}" is wrong: the file is damaged`,
      );
    return content;
  }
}

/** Where the table of contents lies; the 64-bit record counts where there is one. */
async function directoryOf(source: ByteSource): Promise<{ begin: number; bytes: number; count: number }> {
  const { size, file } = source;
  const tail = await source.read(
    Math.max(0, size - endBytes - maxCommentBytes),
    Math.min(size, endBytes + maxCommentBytes),
  );
  let at = tail.length - endBytes;
  while (at >= 0 && tail.readUInt32LE(at) !== signatures.end) at -= 1;
  if (at < 0)
    throw new WeightError(
      'malformed',
      file,
      'the zip archive has no table of contents at its end: it is cut short',
    );
  const locator = at - 20;
  if (locator >= 0 && tail.readUInt32LE(locator) === signatures.locator) {
    const end = await source.read(safe(tail.readBigUInt64LE(locator + 8), file), 56);
    if (end.readUInt32LE(0) !== signatures.end64)
      throw new WeightError('malformed', file, 'the 64-bit table of contents is not where the archive says');
    return {
      count: safe(end.readBigUInt64LE(32), file),
      bytes: safe(end.readBigUInt64LE(40), file),
      begin: safe(end.readBigUInt64LE(48), file),
    };
  }
  return {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    begin: tail.readUInt32LE(at + 16),
  };
}

function parseDirectory(directory: Buffer, count: number, file: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    const damaged = (): never => {
      throw new WeightError(
        'malformed',
        file,
        `the table of contents is damaged at entry ${index} of ${count}`,
      );
    };
    if (at + entryBytes > directory.length || directory.readUInt32LE(at) !== signatures.entry) damaged();
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      directory.readUInt16LE(at + field),
    );
    const extraBegin = at + entryBytes + nameBytes!;
    const next = extraBegin + extraBytes! + commentBytes!;
    if (next > directory.length) damaged();
    const wide = wideFields(directory.subarray(extraBegin, extraBegin + extraBytes!));
    // In this order, and only those that do not fit 32 bits.
    const size = (field: number): number => {
      const short = directory.readUInt32LE(at + field);
      return short === absent ? safe(wide.shift() ?? damaged(), file) : short;
    };
    const [bytes, storedBytes, offset] = [size(24), size(20), size(42)];
    const name = directory.toString('utf8', at + entryBytes, extraBegin);
    if (entries.has(name)) damaged();
    entries.set(name, {
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      storedBytes,
      bytes,
      offset,
    });
    at = next;
  }
  return entries;
}

/** The 64-bit numbers of an entry's extra field 1, if it has one. */
function wideFields(extra: Buffer): bigint[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const [id, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)];
    const end = Math.min(at + 4 + length, extra.length);
    if (id === 1) {
      const fields: bigint[] = [];
      for (let field = at + 4; field + 8 <= end; field += 8) fields.push(extra.readBigUInt64LE(field));
      return fields;
    }
    at = end;
  }
  return [];
}

function safe(value: bigint, file: string): number {
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw new WeightError('malformed', file, `the archive claims a place or length of ${value}`);
}
