/** What an error says, in the fields that a test compares. */
import { DatasetError } from '../src/errors.ts';

export interface Refusal {
  code: string;
  file: string | null;
  offset: number | null;
  message: string;
}

/** The refusal that `attempt` must end with. */
export async function refusalOf(attempt: () => unknown): Promise<Refusal> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof DatasetError)
      return { code: error.code, file: error.file, offset: error.offset, message: error.message };
    throw error;
  }
  throw new Error('expected a DatasetError, but nothing was refused');
}
