/** The one error of this library: a closed set of codes, and the file that is to blame. */

/**
 * `missing`: a file is not there; `truncated`: a file has another length than recorded; `corrupt`: a hash differs;
 * `malformed`: the bytes break the format; `unsupported`: a format or version of another Kiln; `foreign`: a file that does
 * not belong there; `incomplete`: tensors missing, doubled or unknown; `disk-full`; `io`: any other failure of the file
 * system; `usage`: an argument that cannot be.
 */
export type CheckpointErrorCode =
  | 'missing'
  | 'truncated'
  | 'corrupt'
  | 'malformed'
  | 'unsupported'
  | 'foreign'
  | 'incomplete'
  | 'disk-full'
  | 'io'
  | 'usage';

/** Says which file of a checkpoint is wrong, and how. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  readonly code: CheckpointErrorCode;
  readonly file: string;
  /** The message without its tag and file. */
  readonly reason: string;

  constructor(code: CheckpointErrorCode, file: string, reason: string, options?: ErrorOptions) {
    super(`[checkpoint] ${file}: ${reason} (${code})`, options);
    this.code = code;
    this.file = file;
    this.reason = reason;
  }
}

/** Turns what the file system threw while `doing` something with `file` into a CheckpointError. */
export function asCheckpointError(error: unknown, file: string, doing: string): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const options = { cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new CheckpointError(
        'disk-full',
        file,
        `no space left while ${doing} (${code}); free some, or move the run folder`,
        options,
      );
    case 'ENOENT':
      return new CheckpointError('missing', file, `not found while ${doing}`, options);
    case 'ELOOP':
      return new CheckpointError(
        'foreign',
        file,
        `a symbolic link where a file was expected, while ${doing}`,
        options,
      );
    default:
      return new CheckpointError(
        'io',
        file,
        `${error instanceof Error ? error.message : String(error)} while ${doing}`,
        options,
      );
  }
}
