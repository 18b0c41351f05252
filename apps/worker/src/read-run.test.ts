import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun } from './read-run.ts';
import { resolveConfig } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';

let folder: string;
let config: RunConfig;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-run-'));
  config = await resolveConfig('digits-cgan', {});
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (text: string): Promise<RunConfig> => {
  await writeFile(join(folder, 'config.json'), text);
  return readRun(folder);
};

test('a configuration is read as it was written', async () => {
  expect(await read(JSON.stringify(config))).toEqual(JSON.parse(JSON.stringify(config)));
});

test.each<[string, (config: RunConfig) => object, RegExp]>([
  ['without what its data are like', (run) => ({ ...run, dataInfo: undefined }), /dataInfo/],
  [
    'with another number of colours',
    (run) => ({ ...run, dataInfo: { ...run.dataInfo, imageShape: [8, 8] } }),
    /imageShape/,
  ],
  ['with a setting out of range', (run) => ({ ...run, settings: { ...run.settings, width: -1 } }), /width/],
  ['of an unknown recipe', (run) => ({ ...run, recipe: 'digits-cgam' }), /did you mean "digits-cgan"/],
])('one %s is refused by name', async (_, change, message) => {
  const reading = read(JSON.stringify(change(config)));
  await expect(reading).rejects.toMatchObject({ exitName: 'usage', message: expect.stringMatching(message) });
});

test('a file that was cut off is named', async () => {
  await expect(read('{"recipe":')).rejects.toThrow(
    `${join(folder, 'config.json')} is not the configuration of a run: `,
  );
});
