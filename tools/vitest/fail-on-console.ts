/** Fails a test that writes to the console: what a test has to say belongs into its result. */
import { format } from 'node:util';
import { afterEach, beforeEach } from 'vitest';

const methods = ['debug', 'error', 'info', 'log', 'warn'] as const;
let written: string[] = [];

beforeEach(() => {
  written = [];
  // A plain replacement: a spy would be counted and restored by the tests that use spies of their own.
  for (const method of methods)
    console[method] = (...values: unknown[]) => void written.push(format(...values));
});

afterEach(() => {
  if (written.length > 0) throw new Error(`the test wrote to the console: ${written.join('\n')}`);
});
