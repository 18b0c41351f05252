import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { parseDataSpec } from './parse-data-spec.ts';

const folder = temporaryFolder();
const make = (name: string, files: string[]) => {
  for (const file of files) folder.write(`${name}/${file}`, '');
  return folder.folder(name);
};

const digits = make('digits', ['digits-images-idx3-ubyte.gz', 'digits-labels-idx1-ubyte.gz']);
const mnist = make('mnist', [
  'train-images-idx3-ubyte',
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte',
  't10k-images.idx3-ubyte',
  't10k-labels.idx1-ubyte',
]);
const cifar = make('cifar', ['cifar-10-batches-bin/data_batch_1.bin', 'cifar-10-binary.tar.gz']);
const classes = make('classes', ['cat/1.png', 'dog/1.jpg']);
const records = make('records', ['train.tfrecord-00000-of-00002', 'train.tfrecord-00001-of-00002']);
const both = make('both', ['digits-images-idx3-ubyte.gz', 'china.jpg']);
const odd = make('odd:name=1', ['1.png']);

describe('the value of --data', () => {
  it.each([
    ['shapes', { source: 'shapes' }],
    ['shapes:n=10000,resolution=32', { source: 'shapes', n: 10_000, resolution: 32 }],
    [
      digits,
      {
        source: 'idx',
        path: digits,
        images: 'digits-images-idx3-ubyte.gz',
        labels: 'digits-labels-idx1-ubyte.gz',
      },
    ],
    [`${digits}:range=0..1497,mirror=true`, { source: 'idx', range: [0, 1497], mirror: true }],
    [
      join(digits, 'digits-images-idx3-ubyte.gz'),
      { source: 'idx', path: digits, labels: 'digits-labels-idx1-ubyte.gz' },
    ],
    [mnist, { source: 'idx', images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' }],
    [
      `${mnist}:split=test`,
      { source: 'idx', images: 't10k-images.idx3-ubyte', labels: 't10k-labels.idx1-ubyte' },
    ],
    [cifar, { source: 'cifar10', path: join(cifar, 'cifar-10-batches-bin') }],
    [`${cifar}:split=test`, { source: 'cifar10', split: 'test' }],
    [
      `${classes}:resolution=64,channels=1,skipBad=3`,
      { source: 'folder', path: classes, resolution: 64, channels: 1, skipBad: 3 },
    ],
    [`${records}:imageKey=image/encoded`, { source: 'tfrecord', path: records, imageKey: 'image/encoded' }],
    [
      join(records, 'train.tfrecord-00001-of-00002'),
      { source: 'tfrecord', path: join(records, 'train.tfrecord-00001-of-00002') },
    ],
    [`${both}:source=idx`, { source: 'idx' }],
    [odd, { source: 'folder', path: odd }],
  ])('%s', async (text, spec) => {
    expect(await parseDataSpec(text)).toMatchObject(spec);
  });

  it('takes paths relative to a folder and makes them absolute', async () => {
    expect(await parseDataSpec('digits', folder.path)).toMatchObject({ path: digits });
  });

  it.each([
    ['', 'bad-spec', 'data must be "shapes", a folder or a file'],
    ['shape', 'not-found', 'did you mean "shapes"?'],
    [join(folder.path, 'none'), 'not-found', 'no such file or folder; change --data'],
    [
      make('empty', []),
      'empty',
      'expected IDX files, CIFAR-10 batches, TFRecord files, or PNG, JPEG, GIF and WebP images, found nothing',
    ],
    [make('texts', ['a.txt', 'docs/b.txt']), 'empty', 'found nothing that can be trained on'],
    [
      both,
      'ambiguous',
      `holds IDX images (digits-images-idx3-ubyte.gz) and 1 images; say which with --data ${both}:source=idx or folder`,
    ],
    [`${classes}:source=idx`, 'empty', 'expected idx data, found 2 class folders'],
    [
      make('sets', ['a-images-idx3-ubyte', 'b-images-idx3-ubyte']),
      'ambiguous',
      'holds the IDX sets a, b; say which with',
    ],
    [`${classes}:resolutoin=64`, 'bad-spec', 'unknown key "resolutoin", did you mean "resolution"?'],
    [
      `${classes}:resolution=big`,
      'bad-spec',
      'data.resolution must be a side from 1 to 4096, or width and height such as 96x64, got "big"; change --data',
    ],
    [`${classes}:n=5`, 'bad-spec', 'unknown key "n" for folder data'],
    [
      `${classes}:source=video`,
      'bad-spec',
      'data.source must be one of idx, cifar10, folder, tfrecord, packed, shapes, got "video"',
    ],
    ['shapes:n', 'not-found', 'no such file or folder'],
    ['shapes:n=4,5', 'bad-spec', 'expected key=value after ":", got "5"'],
    ['shapes:range=9..3', 'bad-spec', 'data.range must be first..end'],
  ])('refuses "%s"', async (text, code, message) => {
    const refusal = await refusalOf(() => parseDataSpec(text));
    expect(refusal.message).toContain(message);
    expect(refusal.code).toBe(code);
  });
});
