import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kiln, temporaryFolder } from '../test/harness.ts';
import { makeFolderOf, outFile, pictureFile } from './out-file.ts';

it('is taken relative to the working folder, whether it is there or not', async () => {
  const cwd = await temporaryFolder();
  expect(await outFile({ text: 'a.png', cwd, endings: ['.png', '.npy'] })).toBe(join(cwd, 'a.png'));
  await writeFile(join(cwd, 'b'), '');
  expect(await outFile({ text: 'b', cwd })).toBe(join(cwd, 'b'));
});

it.each([
  ['a.jpg', '--out a.jpg: expected a file that ends in .png or .npy'],
  ['absent/a.png', /^--out absent\/a\.png: there is no folder .*absent; make it, or name another file$/],
  ['file/a.png', /there is no folder .*file; make it/],
  ['folder.png', '--out folder.png: this is a folder; name a file'],
])('is refused as %s', async (text, message) => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'folder.png'));
  await writeFile(join(cwd, 'file'), '');
  const asked = outFile({ text, cwd, endings: ['.png', '.npy'] });
  await expect(asked).rejects.toThrow(message);
  await expect(asked).rejects.toMatchObject({ exitName: 'usage' });
});

it("is in a run's samples where nothing was said, though the run has none yet", async () => {
  const runFolder = await temporaryFolder();
  const asked = { cwd: '/', endings: ['.png'], runFolder, name: 'a.png' };
  const file = await pictureFile({ ...asked, out: undefined });
  expect(file).toBe(join(runFolder, 'samples', 'a.png'));
  await makeFolderOf(file);
  await writeFile(file, 'can be written');
  await expect(pictureFile({ ...asked, out: 'absent/a.png' })).rejects.toThrow('there is no folder /absent');
});

it.each([
  ['sample', 'run', '--out', 'absent/a.png'],
  ['interpolate', 'run', '--seeds', '1,2', '--out', 'absent/a.gif'],
  ['mix', 'run', '--out', 'absent/a.png'],
  ['inspect', 'smoke', '--out', 'absent/a.pb'],
  ['convert', 'run', 'absent/a.safetensors'],
])('%s is refused before any work', async (...args) => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'run'));
  const config = { recipe: 'smoke', batch: 2, workers: 1, accumulate: 1, steps: 1, kimg: 1, seed: 0 };
  await writeFile(join(cwd, 'run', 'config.json'), JSON.stringify({ ...config, device: 'cpu', stages: [] }));
  const { code, err } = await kiln(args, { cwd });
  expect(code).toBe(2);
  expect(err).toMatch(/absent\/a\.\w+: there is no folder .*absent; make it, or name another file/);
});

it.each([['sample'], ['interpolate', '--seeds', '1,2'], ['mix']])(
  '%s leaves a folder that is no run as it was',
  async (command, ...options) => {
    const cwd = await temporaryFolder();
    const { code } = await kiln([command, '.', ...options], { cwd });
    expect(code).not.toBe(0);
    expect(await readdir(cwd)).toEqual([]);
  },
);
