/**
 * One event file on disk: records are collected in memory and appended in the background. A record that could not be written
 * whole is cut off again and tried later, so that a disk that was full for a while leaves no damage in the file.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { frameRecord } from './record.ts';
import { SummaryError } from './summary-error.ts';

export type FlushPolicy = {
  /** Written once so much has been collected … */
  readonly flushBytes: number;
  /** … or so long after the first collected record. */
  readonly flushMs: number;
  /** While the disk takes nothing, older records beyond this are dropped. */
  readonly maxPendingBytes: number;
};

export class EventFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #policy: FlushPolicy;
  readonly #onDrop: () => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #writtenBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(path: string, handle: FileHandle, policy: FlushPolicy, onDrop: () => void) {
    this.path = path;
    this.#handle = handle;
    this.#policy = policy;
    this.#onDrop = onDrop;
  }

  static async create(path: string, policy: FlushPolicy, onDrop: () => void): Promise<EventFile> {
    // Never an existing file: whatever a crash left at its end would hide all that follows.
    return new EventFile(path, await open(path, 'wx'), policy, onDrop);
  }

  append(payload: Uint8Array): void {
    if (this.#closed)
      throw new SummaryError('closed', `${this.path} is closed; nothing can be written to it any more`);
    const record = frameRecord(payload);
    this.#pending.push(record);
    this.#pendingBytes += record.length;
    this.#dropOldest();
    if (this.#pendingBytes >= this.#policy.flushBytes) this.#flushInBackground();
    else this.#timer ??= setTimeout(() => this.#flushInBackground(), this.#policy.flushMs).unref();
  }

  /** Resolves when everything appended so far is in the file; rejects when the disk does not take it, which keeps it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#writing.then(() => this.#write());
    this.#writing = next.catch(() => {});
    return next;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#handle.close();
    }
  }

  // What fails here is kept and reported by the next flush or close, at which somebody looks.
  #flushInBackground(): void {
    this.flush().catch(() => {});
  }

  async #write(): Promise<void> {
    const records = this.#pending;
    if (records.length === 0) return;
    const bytes = Buffer.concat(records);
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(
          bytes,
          done,
          bytes.length - done,
          this.#writtenBytes + done,
        );
        done += bytesWritten;
      }
      this.#writtenBytes += bytes.length;
    } catch (cause) {
      this.#pending = [...records, ...this.#pending];
      this.#pendingBytes += bytes.length;
      this.#dropOldest();
      await this.#handle.truncate(this.#writtenBytes).catch(() => {});
      throw new SummaryError('write-failed', `cannot write ${this.path}: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  #dropOldest(): void {
    while (this.#pendingBytes > this.#policy.maxPendingBytes && this.#pending.length > 1) {
      this.#pendingBytes -= this.#pending.shift()!.length;
      this.#onDrop();
    }
  }
}
