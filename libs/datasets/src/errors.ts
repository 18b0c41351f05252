/** The error of this lib: a data specification, folder or file that cannot be used, and where it goes wrong. */

/**
 * - `bad-spec`: the specification itself (a key, a value, a combination)
 * - `not-found`, `unreadable`: nothing there, or no permission to read it
 * - `empty`, `ambiguous`: a folder with nothing to use, or with more than one thing that could be meant
 * - `malformed`: bytes that break their format
 * - `too-large`: a limit that protects memory
 * - `too-many-bad`: more unusable samples than `skipBad` allows
 * - `unwritable`: no space or no permission to write a set
 * - `closed`: a batch asked of a closed iterator or dataset
 */
export type DatasetErrorCode =
  | 'bad-spec'
  | 'not-found'
  | 'unreadable'
  | 'empty'
  | 'ambiguous'
  | 'malformed'
  | 'too-large'
  | 'too-many-bad'
  | 'unwritable'
  | 'closed';

export interface ErrorPlace {
  file?: string;
  /** Byte position in `file`. */
  offset?: number;
  cause?: unknown;
}

export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly code: DatasetErrorCode;
  readonly file: string | null;
  readonly offset: number | null;
  /** The message without its tag and place. */
  readonly reason: string;

  constructor(code: DatasetErrorCode, reason: string, place: ErrorPlace = {}) {
    super(`[dataset] ${placeText(place)}${reason}`, place.cause === undefined ? {} : { cause: place.cause });
    this.code = code;
    this.reason = reason;
    this.file = place.file ?? null;
    this.offset = place.offset ?? null;
    this.stack = `${this.name}: ${this.message}`;
  }
}

function placeText({ file, offset }: ErrorPlace): string {
  if (file === undefined) return '';
  return offset === undefined ? `${file}: ` : `${file}, offset ${offset}: `;
}

/** Turns a failed file-system call into a `DatasetError` that names the file. */
export function fileError(file: string, cause: unknown, advice = 'change --data'): DatasetError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DatasetError('not-found', `no such file or folder; ${advice}`, { file, cause });
  if (code === 'EACCES' || code === 'EPERM') {
    return new DatasetError('unreadable', `no permission to read it; change its mode or ${advice}`, {
      file,
      cause,
    });
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  return new DatasetError('unreadable', `cannot be read (${text})`, { file, cause });
}
