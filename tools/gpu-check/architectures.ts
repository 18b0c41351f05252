/**
 * CUDA's libraries carry each kernel once for every generation of GPUs. What other generations would run is made zeros,
 * which compress to nothing; the libraries keep their size and layout. The container's layout is not documented by
 * NVIDIA: it was read off its own libraries, and whatever does not fit it exactly is left as it is.
 */

const magic = Buffer.from([0x50, 0xed, 0x55, 0xba]);
const containerHeader = 16;
const ptx = 1;
const machineCode = 2;

interface Entry {
  readonly kind: number;
  readonly compute: number;
  readonly start: number;
  readonly end: number;
}

/** The entries of the container at `offset`, or undefined if there is none. */
function entriesAt(bytes: Buffer, offset: number): Entry[] | undefined {
  if (offset + containerHeader > bytes.length) return undefined;
  const version = bytes.readUInt16LE(offset + 4);
  const header = bytes.readUInt16LE(offset + 6);
  if (version !== 1 || header !== containerHeader) return undefined;
  const end = offset + header + Number(bytes.readBigUInt64LE(offset + 8));
  if (end > bytes.length) return undefined;
  const entries: Entry[] = [];
  let at = offset + header;
  while (at < end) {
    if (at + 32 > end) return undefined;
    const kind = bytes.readUInt16LE(at);
    const start = at + bytes.readUInt32LE(at + 4);
    const next = start + Number(bytes.readBigUInt64LE(at + 8));
    if ((kind !== ptx && kind !== machineCode) || next <= at || next > end) return undefined;
    entries.push({ kind, compute: bytes.readUInt32LE(at + 28), start, end: next });
    at = next;
  }
  return entries;
}

/** What a GPU runs: machine code of its own, or else the newest PTX that it can compile. */
function runs(entries: readonly Entry[], compute: number): readonly Entry[] {
  const own = entries.filter((entry) => entry.kind === machineCode && entry.compute === compute);
  if (own.length > 0) return own;
  const older = entries.filter((entry) => entry.kind === ptx && entry.compute <= compute);
  const newest = Math.max(...older.map((entry) => entry.compute));
  return older.filter((entry) => entry.compute === newest);
}

/** Clears, in place, what a GPU of this compute capability (90 for 9.0) does not run. Returns the bytes cleared. */
export function keepArchitecture(bytes: Buffer, compute: number): number {
  let cleared = 0;
  let at = bytes.indexOf(magic);
  while (at >= 0) {
    const entries = entriesAt(bytes, at) ?? [];
    const kept = runs(entries, compute);
    for (const entry of entries) {
      if (kept.includes(entry)) continue;
      bytes.fill(0, entry.start, entry.end);
      cleared += entry.end - entry.start;
    }
    at = bytes.indexOf(magic, Math.max(at + magic.length, entries.at(-1)?.end ?? 0));
  }
  return cleared;
}
