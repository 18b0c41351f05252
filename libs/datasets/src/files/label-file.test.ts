import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { FolderScan } from './folder-scan.ts';
import { labelImages } from './label-file.ts';

const folder = temporaryFolder();
const scan: FolderScan = {
  classNames: [],
  files: ['a.png', 'b/c.png', 'd, e.png'],
  labels: new Int32Array(3),
};
let written = 0;
const label = (kind: 'csv' | 'json', text: string) =>
  labelImages(scan, folder.write(`labels-${written++}.${kind}`, text));

describe('labels from a file', () => {
  it.each([
    [
      'CSV with names',
      'csv',
      '\uFEFFlabel,file\ncat,a.png\nant,b/c.png\ncat,"d, e.png"\n',
      ['ant', 'cat'],
      [1, 0, 1],
    ],
    [
      'CSV with numbers',
      'csv',
      'file,label,more\n./a.png,2,x\nb\\c.png,0,y\n"d, e.png",2,z\n',
      ['0', '1', '2'],
      [2, 0, 2],
    ],
    ['an object', 'json', '{"a.png":"x","b/c.png":"y","d, e.png":"x"}', ['x', 'y'], [0, 1, 0]],
    ['pairs', 'json', '{"labels":[["a.png",1],["b/c.png",0],["d, e.png",1]]}', ['0', '1'], [1, 0, 1]],
  ] as const)('%s', async (_name, kind, text, classNames, labels) => {
    const labelled = await label(kind, text);
    expect(labelled).toEqual({ files: scan.files, classNames, labels: Int32Array.from(labels) });
  });

  it.each([
    [
      'a row without an image',
      'csv',
      'file,label\na.png,1\nb/c.png,1\n"d, e.png",1\nx.png,2\ny.png,2\n',
      'line 5 labels x.png, which is no image here, and 1 more',
    ],
    ['an image without a row', 'csv', 'file,label\na.png,1\n', 'has no label for b/c.png, and 1 more'],
    [
      'two rows for one image',
      'csv',
      'file,label\na.png,1\nb/c.png,1\n./a.png,2\n',
      'line 4 labels a.png a second time, after line 2',
    ],
    [
      'other columns',
      'csv',
      'name,class\na.png,1\n',
      'line 2 has no file or no label; expected a head line "file,label"',
    ],
    ['broken quotes', 'csv', 'file,label\n"a.png,1\n', 'is no CSV'],
    [
      'names beside numbers',
      'json',
      '{"a.png":"x","b/c.png":1,"d, e.png":"x"}',
      'entry 1 has the label 1; expected only names, or whole numbers',
    ],
    [
      'a label that is neither',
      'json',
      '{"a.png":null}',
      'entry 0 is ["a.png",null]; expected a file and its label',
    ],
    ['another shape', 'json', '[1]', 'expected {"image.png": label, …}'],
    ['no JSON', 'json', '{', 'is no JSON'],
  ] as const)('refuses %s', async (_name, kind, text, message) => {
    const refusal = await refusalOf(() => label(kind, text));
    expect(refusal.code).toBe('malformed');
    expect(refusal.message).toContain(message);
  });

  it('refuses a file that is not there', async () => {
    const file = `${folder.path}/none.csv`;
    expect(await refusalOf(() => labelImages(scan, file))).toMatchObject({ code: 'not-found', file });
  });
});
