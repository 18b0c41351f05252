import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointOptions, readWeights, weightSets } from './read-weights.ts';
import { writeSafetensors } from './safetensors.ts';

const fixtures = join(import.meta.dirname, '../test/fixtures');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-weights-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a weights file', () => {
  it.each([
    ['state.pth', 'transposed'],
    ['legacy.pth', 'transposed'],
    ['keras2.h5', 'conv2d_7/kernel'],
  ])('like %s is told by its first bytes, whatever its name', async (fixture, tensor) => {
    const renamed = join(folder, 'weights.bin');
    await copyFile(join(fixtures, fixture), renamed);
    expect((await readWeights(renamed)).has(tensor)).toBe(true);
  });

  it('of PyTorch may be followed by the one of its sets of tensors that is meant', async () => {
    const file = join(folder, 'run#2.pth');
    await copyFile(join(fixtures, 'checkpoint.pth'), file);
    expect((await readWeights(`${file}#G_ema`)).get('w')!.values).toEqual(Float32Array.of(2));
    await expect(readWeights(file)).rejects.toThrow(/name one, as in run#2\.pth#G$/);
  });

  it('of PyTorch says which sets there are to choose from', async () => {
    const file = join(fixtures, 'stylegan2.pt');
    expect(await weightSets(file)).toEqual(['g', 'd', 'g_ema', 'g_optim.state.0']);
    expect(await weightSets(`${file}#g`)).toEqual([]);
    expect(await weightSets(join(fixtures, 'state.pth'))).toEqual([]);
  });

  it('of PyTorch may hold the options of a training program, of which nothing is run', async () => {
    const options = await checkpointOptions(join(fixtures, 'gan-zoo.pt#netG'), 'config');
    expect(Object.fromEntries(options)).toMatchObject({
      alpha: 0.25,
      equalizedlR: true,
      depthOtherScales: [2],
    });
    expect([...(await checkpointOptions(join(fixtures, 'stylegan2.pt'), 'args'))]).toEqual([['size', 8]]);
    for (const file of ['checkpoint.pth', 'state.pth'])
      expect((await checkpointOptions(join(fixtures, file), 'lr')).size).toBe(0);
  });

  it('of safetensors is read too', async () => {
    const file = join(folder, 'w.pth');
    await writeSafetensors(file, new Map([['a', { shape: [1], values: Float32Array.of(3) }]]));
    expect(await weightSets(file)).toEqual([]);
    expect((await readWeights(file)).get('a')!.values).toEqual(Float32Array.of(3));
  });

  it.each([
    ['empty', ''],
    ['text', 'these are no weights at all'],
  ])('that is %s is refused with the formats that are read', async (_, content) => {
    const file = join(folder, 'w.pth');
    await writeFile(file, content);
    await expect(readWeights(file)).rejects.toThrow(
      /w\.pth: is no weights file; expected safetensors, a \.pth/,
    );
  });

  it('that is missing is said to be', async () => {
    await expect(readWeights(join(folder, 'none.pth'))).rejects.toThrow(/none\.pth: not found/);
  });
});
