/** A file of JSON objects, one a line, that only ever holds whole lines: also after a crash and on a full disk. */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { replaceFile } from './atomic-file.ts';

export type Row = Record<string, unknown>;

const maxPending = 100_000;

export class JsonLines {
  private readonly file: FileHandle;
  private readonly onError: (error: Error | undefined) => void;
  private size: number;
  private pending: string[] = [];
  private writing: Promise<void> | undefined;
  private failing = false;
  private closed = false;

  private constructor(file: FileHandle, size: number, onError: (error: Error | undefined) => void) {
    this.file = file;
    this.size = size;
    this.onError = onError;
  }

  /**
   * Opens to append; what a crash left of a last line goes. `keep` chooses the rows to keep (all by default). `onError` hears of
   * the first failure of a series and, with undefined, of its end; rows wait in memory meanwhile.
   */
  static async open(
    path: string,
    onError: (error: Error | undefined) => void,
    keep?: (row: Row) => boolean,
  ): Promise<{ lines: JsonLines; dropped: number }> {
    const text = await readFile(path, 'utf8').catch(() => '');
    const old = text.split('\n').slice(0, -1);
    const rows = old.map(parse).filter((row) => row !== undefined && (keep?.(row) ?? true)) as Row[];
    const content = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    if (content !== text) await replaceFile(path, content, { durable: true });
    const file = await open(path, 'a', 0o644);
    return {
      lines: new JsonLines(file, (await file.stat()).size, onError),
      dropped: old.length - rows.length,
    };
  }

  /** Resolves when the row is on the disk, or waits in memory because the disk takes none. */
  async append(row: Row): Promise<void> {
    if (this.closed) return;
    this.pending.push(`${JSON.stringify(row)}\n`);
    if (this.pending.length > maxPending) this.pending.shift();
    while (this.writing) await this.writing;
    if (this.pending.length === 0) return;
    this.writing = this.flush().finally(() => {
      this.writing = undefined;
    });
    await this.writing;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writing;
    await this.flush();
    await this.file.close();
  }

  private async flush(): Promise<void> {
    const batch = this.pending;
    if (batch.length === 0) return;
    this.pending = [];
    try {
      const bytes = Buffer.from(batch.join(''));
      await this.file.appendFile(bytes);
      await this.file.datasync();
      this.size += bytes.length;
      if (this.failing) this.onError(undefined);
      this.failing = false;
    } catch (error) {
      this.pending = [...batch, ...this.pending];
      // Half a line would join the next one to a row that nobody can read.
      await this.file.truncate(this.size).catch(() => undefined);
      if (!this.failing) this.onError(error as Error);
      this.failing = true;
    }
  }
}

function parse(line: string): Row | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null ? (row as Row) : undefined;
  } catch {
    return undefined;
  }
}
