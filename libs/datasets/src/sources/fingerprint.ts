/** SHA-256 over what identifies a data set, so that a resumed run notices when its data has changed. */
import { createHash } from 'node:crypto';

export function fingerprint(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    // The length in front keeps ["ab", "c"] and ["a", "bc"] apart.
    hash.update(`${part.length}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}
