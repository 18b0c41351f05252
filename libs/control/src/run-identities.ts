/** Makes what the two sides of a run's encrypted control connection show each other. */
import type { RunIdentities } from './tls.ts';

/** The library that signs is loaded only by a coordinator that needs it. */
export async function makeRunIdentities(): Promise<RunIdentities> {
  const { makeIdentities } = await import('./run-authority.ts');
  return makeIdentities();
}
