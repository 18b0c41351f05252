import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/harness.ts';
import { checkout } from './context.ts';

const node = (...args: string[]) => promisify(execFile)(process.execPath, args);

/** A checkout with one source file and a bundle of it, each of which says which it is. */
async function smallCheckout() {
  const root = await temporaryFolder();
  const cli = join(root, 'apps', 'cli');
  await cp(join(checkout, 'apps', 'cli', 'bin'), join(cli, 'bin'), { recursive: true });
  for (const folder of ['src', 'build']) await mkdir(join(cli, folder));
  await mkdir(join(root, 'node_modules', 'commander'), { recursive: true });
  await writeFile(join(cli, 'src', 'main.ts'), "console.log('source');");
  await writeFile(join(cli, 'build', 'cli.mjs'), "console.log('bundle');");
  const { hashOf } = (await import(join(cli, 'bin', 'bundles.mjs'))) as {
    hashOf(root: string, files: string[]): string;
  };
  const files = ['apps/cli/src/main.ts'];
  await writeFile(join(cli, 'build', 'stamp.json'), JSON.stringify({ files, hash: hashOf(root, files) }));
  const run = async () => (await node(join(cli, 'bin', 'kiln.mjs'))).stdout.trim();
  return { cli, run };
}

test('kiln runs the bundles as long as they are what the sources say, then the sources', async () => {
  const { cli, run } = await smallCheckout();
  expect(await run()).toBe('bundle');
  await appendFile(join(cli, 'src', 'main.ts'), ' ');
  expect(await run()).toBe('source');
});

test('bundles without a stamp, or of a source that is gone, are not run', async () => {
  const unfinished = await smallCheckout();
  await rm(join(unfinished.cli, 'build', 'stamp.json'));
  expect(await unfinished.run()).toBe('source');
  const { cli, run } = await smallCheckout();
  const stamp = join(cli, 'build', 'stamp.json');
  await writeFile(stamp, (await readFile(stamp, 'utf8')).replace('main.ts', 'gone.ts'));
  expect(await run()).toBe('source');
});

test('the bundled programs train, and their errors name the lines of the sources', async () => {
  const folder = await temporaryFolder();
  const bundles = join(folder, 'bundles');
  await node(join(checkout, 'apps', 'cli', 'tools', 'bundle.mjs'), checkout, bundles);

  const run = join(folder, 'run');
  const train = ['train', 'smoke', '--workers', '2', '--steps', '2', '--run', run];
  const { stdout } = await node(join(bundles, 'cli.mjs'), ...train);
  expect(stdout).toContain('finished at step 2');

  const worker = ['--enable-source-maps', join(bundles, 'worker.mjs')];
  const failed = (await node(...worker, 'resolve', '--options', 'no JSON').catch(
    (error: unknown) => error,
  )) as { stdout: string };
  expect(failed.stdout).toMatch(/apps\/worker\/src\/main\.ts:\d+/);
});
