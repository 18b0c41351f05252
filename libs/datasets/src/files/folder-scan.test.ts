import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { scanFolder } from './folder-scan.ts';

const folder = temporaryFolder();
const make = (name: string, files: string[]) => {
  for (const file of files) folder.write(`${name}/${file}`, 'x');
  return folder.folder(name);
};

describe('scanning a folder of images', () => {
  it('takes sub-folders as classes, everything in code-unit order', async () => {
    const root = make('classes', [
      'b/2.png',
      'b/10.JPG',
      'a/z.jpeg',
      'a/sub/y.png',
      'Z/1.png',
      'a/.hidden.png',
      'a/notes.txt',
      '.git/1.png',
    ]);
    expect(await scanFolder(root)).toEqual({
      classNames: ['Z', 'a', 'b'],
      files: ['Z/1.png', 'a/sub/y.png', 'a/z.jpeg', 'b/10.JPG', 'b/2.png'],
      labels: Int32Array.of(0, 1, 1, 2, 2),
    });
  });

  it('takes a flat folder as unlabelled', async () => {
    expect(await scanFolder(make('flat', ['2.png', '1.jpg']))).toEqual({
      classNames: [],
      files: ['1.jpg', '2.png'],
      labels: Int32Array.of(0, 0),
    });
  });

  it('refuses images beside class folders', async () => {
    const refusal = await refusalOf(() => scanFolder(make('mixed', ['1.png', 'cat/2.png'])));
    expect(refusal).toMatchObject({
      code: 'ambiguous',
      message: expect.stringContaining('1 images beside class folders ("cat")'),
    });
  });

  it('refuses a folder without images and says what it found', async () => {
    const refusal = await refusalOf(() => scanFolder(make('stranger', ['1.bmp', '2.bmp'])));
    expect(refusal).toMatchObject({
      code: 'empty',
      message: expect.stringContaining('(found only ".bmp")'),
    });
  });

  it('names the class folder that is empty', async () => {
    make('hole', ['a/1.png']);
    const refusal = await refusalOf(() => scanFolder(join(folder.folder('hole/b'), '..')));
    expect(refusal).toMatchObject({ code: 'empty', file: join(folder.path, 'hole/b') });
  });

  it('names a folder that does not exist', async () => {
    const file = join(folder.path, 'none');
    expect(await refusalOf(() => scanFolder(file))).toMatchObject({ code: 'not-found', file });
  });

  it('does not follow a link that leads back for ever', async () => {
    const root = make('loop', ['a/1.png']);
    symlinkSync('..', join(root, 'a', 'up'));
    expect((await refusalOf(() => scanFolder(root))).code).toBe('too-large');
  });
});
