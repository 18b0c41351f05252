/** A set-up problem that the user can mend: shown as one line, without a stack. */
export class SetupError extends Error {
  /** @param {string} message @param {{ detail?: string, cause?: unknown }} [options] */
  constructor(message, { detail = '', cause } = {}) {
    super(`[setup] ${message}`, { cause });
    this.name = 'SetupError';
    /** What the failed program printed last, for the lines below the message. */
    this.detail = detail;
  }
}
