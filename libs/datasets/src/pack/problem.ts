/** What is wrong with one file of a set, as plain data. */
import type { DatasetError } from '../errors.ts';

export interface Problem {
  readonly file: string | null;
  readonly offset: number | null;
  readonly reason: string;
  /** With file and offset, on one line. */
  readonly message: string;
}

export function problemOf({ file, offset, reason, message }: DatasetError): Problem {
  return { file, offset, reason, message };
}
