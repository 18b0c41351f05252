/** `node tools/boundaries/main.ts`: prints every breach of the rules and fails if there is one. */
import { dirname } from 'node:path';
import { checkBoundaries } from './rules.ts';
import { readWorkspace } from './workspace.ts';

const breaches = checkBoundaries(readWorkspace(dirname(dirname(import.meta.dirname))));
for (const breach of breaches) console.error(`[boundaries] ${breach}`);
process.exitCode = breaches.length > 0 ? 1 : 0;
