import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import { digitsSpec, type DataSpec } from '@kiln/datasets';
import { expect, onTestFinished, test } from 'vitest';
import { shippedData } from '../resolve-config.ts';
import { exitNameOf } from '../worker-error.ts';
import { chooseExtractor, openExtractor } from './extractors.ts';

const digits = digitsSpec(shippedData);
const shapes: DataSpec = { source: 'shapes', n: 8, resolution: 8 } as DataSpec;

async function weightsFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiln-weights-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'w.pth');
  await writeFile(file, content);
  return file;
}

test('the digits are compared in their own classifier', async () => {
  expect(await chooseExtractor({}, digits)).toEqual({ name: 'digits-classifier' });
});

test('weights are named with their hash', async () => {
  const weights = await weightsFile('abc');
  // SHA-256 of "abc", of FIPS 180.
  expect(await chooseExtractor({ extractor: 'inception-v3', weights }, shapes)).toEqual({
    name: 'inception-v3',
    weights,
    hash: 'ba7816bf8f01cfea',
  });
});

test.each([
  [{}, /name the features to compare in with --extractor \(digits-classifier, inception-v3\)/],
  [{ extractor: 'inception' }, /no extractor "inception"; did you mean "inception-v3"\?/],
  [{ extractor: 'inception-v3' }, /inception-v3 needs --weights <file>: a \.pth of torchvision/],
  [{ extractor: 'digits-classifier', weights: 'x' }, /has weights of its own; leave --weights out/],
  [{ extractor: 'inception-v3', weights: '/none.pth' }, /--weights \/none\.pth cannot be read/],
])('%j is refused', async (options, message) => {
  await expect(chooseExtractor(options, shapes)).rejects.toThrow(message);
});

test('a file that is no Inception-v3 is a fault of the data', async () => {
  startEngine({});
  const weights = await weightsFile('these are no weights at all');
  const error: unknown = await openExtractor({ name: 'inception-v3', weights }).catch(
    (reason: unknown) => reason,
  );
  expect([exitNameOf(error), (error as Error).message]).toEqual([
    'data',
    expect.stringMatching(/is no weights file/),
  ]);
});
