/** One vitest project for each app and lib. Forked processes, because TensorFlow's state belongs to a process. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Vitest hands these to Node as well, where naming 'import' would give require() ES modules.
const conditions = ['@kiln/source', 'node'];
const folders = ['libs', 'apps'].flatMap((kind) =>
  readdirSync(kind).map((name) => ({ name, root: `${kind}/${name}` })),
);

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Without a terminal one dot for each test is enough: failures are told in full either way.
    reporters: process.stdout.isTTY ? ['default'] : ['dot'],
    silent: 'passed-only',
    projects: [...folders, { name: 'tools', root: 'tools' }].map(({ name, root }) => ({
      extends: true as const,
      test: {
        name,
        root,
        include: ['**/*.test.ts'],
        exclude: ['**/dist/**', '**/node_modules/**'],
        setupFiles: [join(import.meta.dirname, 'tools/vitest/fail-on-console.ts')],
      },
    })),
  },
});
