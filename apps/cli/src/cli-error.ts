/** A failure that the person at the terminal can act on: printed as one line, without a stack. */
import { exitCodes, type ExitName } from '@kiln/control';

/** The message says what was expected, what came, and which flag or path to change. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitName: ExitName;

  constructor(exitName: ExitName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitName = exitName;
  }

  get exitCode(): number {
    return exitCodes[this.exitName];
  }
}

export const isExitName = (value: unknown): value is ExitName =>
  typeof value === 'string' && Object.hasOwn(exitCodes, value);
