/** The unusable examples that opening a source found, up to the number that the user allows. */
import { DatasetError } from '../errors.ts';

export type Faults = ReadonlyMap<number, DatasetError>;

export class FaultList {
  readonly found = new Map<number, DatasetError>();
  readonly #allowed: number;

  constructor(allowed: number) {
    this.#allowed = allowed;
  }

  /** Runs `check`; null when example `index` is unusable. Throws its error, or `too-many-bad` when some are allowed. */
  try<T>(index: number, check: () => T): T | null {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      this.found.set(index, error);
      if (this.found.size > this.#allowed) throw tooManyBad(this.found, this.#allowed);
      return null;
    }
  }
}

/** Strict runs get the fault itself; lenient ones the limit, with the last fault as an example. */
export function tooManyBad(faults: Faults, allowed: number): DatasetError {
  const last = [...faults.values()].at(-1) as DatasetError;
  if (allowed === 0) return last;
  const text = `${faults.size} unusable samples, the last because ${last.reason}; repair or remove them, or allow more than skipBad=${allowed}`;
  return new DatasetError('too-many-bad', text, {
    ...(last.file === null ? {} : { file: last.file }),
    ...(last.offset === null ? {} : { offset: last.offset }),
    cause: last,
  });
}

/** The fault that `check` throws, or null. */
export function faultOf(check: () => unknown): DatasetError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof DatasetError) return error;
    throw error;
  }
}

/** Of a set in which every example is unusable, or which has none. */
export function noneUsable(faults: Faults, file: string): DatasetError {
  const [first] = faults.values();
  const reason = first ? `, the first because ${first.reason}` : '';
  return new DatasetError('empty', `none of the images can be used${reason}; change --data`, { file });
}
