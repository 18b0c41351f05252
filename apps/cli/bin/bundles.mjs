/**
 * The programs of a run as one file each, which starts several times as fast as their hundreds of sources. Plain JavaScript
 * without packages, because set-up and `kiln` ask before there are any. Tells whether the bundles are what the sources say: the contents
 * of every file that went into them are hashed at each start, so that no other code than that of the checkout ever runs.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} root the checkout */
export const bundlesFolder = (root) => join(root, 'apps', 'cli', 'build');

/** Beside the bundles; says what they were made from: `{ files, hash }`, paths from the root. */
export const stampName = 'stamp.json';

/** With the root, which stands in the bundles. @param {string} root @param {readonly string[]} files */
export function hashOf(root, files) {
  const hash = createHash('sha256').update(root);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** @param {string} root */
export function areFresh(root) {
  try {
    const { files, hash } = JSON.parse(readFileSync(join(bundlesFolder(root), stampName), 'utf8'));
    return hashOf(root, files) === hash;
  } catch {
    // Never made, or a source has gone.
    return false;
  }
}
