/** Takes chosen files out of a zip archive (a wheel is one), streaming, without unpacking the rest. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { SetupError } from './setup-error.mjs';

/** @typedef {{ name: string, method: number, compressedBytes: number, bytes: number, offset: number }} Entry */

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

/**
 * The archive's table of contents. 64-bit archives are refused: no wheel that we fetch is one.
 * @param {string} file @returns {Promise<Entry[]>}
 */
export async function listZip(file) {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await handle.read(tail, 0, tail.length, size - tail.length);
    let at = tail.length - 22;
    while (at >= 0 && tail.readUInt32LE(at) !== endOfDirectory) at -= 1;
    if (at < 0) throw new SetupError(`${file} is not a whole zip archive: no table of contents at its end`);
    const count = tail.readUInt16LE(at + 10);
    const bytes = tail.readUInt32LE(at + 12);
    const offset = tail.readUInt32LE(at + 16);
    if (offset + bytes > size)
      throw new SetupError(`${file} is not a plain zip archive: its table of contents lies past its end`);
    const directory = Buffer.alloc(bytes);
    await handle.read(directory, 0, bytes, offset);
    return parseDirectory(directory, count, file);
  } finally {
    await handle.close();
  }
}

/** @param {Buffer} directory @param {number} count @param {string} file */
function parseDirectory(directory, count, file) {
  /** @type {Entry[]} */
  const entries = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directoryEntry) {
      throw new SetupError(`${file} has a damaged table of contents at entry ${entries.length} of ${count}`);
    }
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Writes each entry for which `place` gives a path, below `folder`; a short entry is an error.
 * @param {string} file @param {string} folder
 * @param {(name: string) => string | undefined} place
 * @param {(bytes: number) => void} [onBytes] called with the size of each piece written
 * @returns {Promise<string[]>} the paths written, relative to `folder`
 */
export async function extractZip(file, folder, place, onBytes = () => {}) {
  const chosen = [];
  for (const entry of await listZip(file)) {
    const path = entry.name.endsWith('/') ? undefined : place(entry.name);
    if (path === undefined) continue;
    if (!join(folder, path).startsWith(folder + sep))
      throw new SetupError(`${file} holds a file that lies outside it: ${entry.name}`);
    chosen.push({ entry, path });
  }
  for (const { entry, path } of chosen) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await extractEntry(file, entry, target, onBytes);
  }
  return chosen.map(({ path }) => path);
}

/** Where an entry's data start: its local header repeats the name, with a length of extra fields of its own. @param {string} file @param {Entry} entry */
async function dataOffset(file, entry) {
  const handle = await open(file, 'r');
  try {
    const header = Buffer.alloc(30);
    await handle.read(header, 0, 30, entry.offset);
    if (header.readUInt32LE(0) !== localHeader) throw new SetupError(`${file} is damaged at ${entry.name}`);
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}

/** @param {string} file @param {Entry} entry @param {string} target @param {(bytes: number) => void} onBytes */
async function extractEntry(file, entry, target, onBytes) {
  let written = 0;
  const counter = new Transform({
    transform(chunk, _encoding, done) {
      written += chunk.length;
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const start = await dataOffset(file, entry);
  const source =
    entry.compressedBytes > 0
      ? createReadStream(file, { start, end: start + entry.compressedBytes - 1 })
      : Readable.from([]);
  const inflate = entry.method === 8 ? [createInflateRaw()] : [];
  try {
    await pipeline([source, ...inflate, counter, createWriteStream(target)]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`cannot take ${entry.name} out of ${file}: ${reason}`, { cause });
  }
  if (written !== entry.bytes) {
    throw new SetupError(`${file} is damaged: ${entry.name} has ${written} bytes, expected ${entry.bytes}`);
  }
}
