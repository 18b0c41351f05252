/** How much a download or an installation has written so far, for a progress line. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of all files below a folder; 0 where it does not exist (yet). @param {string} folder @returns {number} */
export function folderBytes(folder) {
  try {
    let bytes = 0;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      bytes += entry.isDirectory()
        ? folderBytes(path)
        : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    }
    return bytes;
  } catch {
    return 0;
  }
}
