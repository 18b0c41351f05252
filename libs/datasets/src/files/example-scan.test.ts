import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { encodeExample } from './tfrecord-encoder.ts';
import { DatasetError } from '../errors.ts';
import { scanExample } from './example-scan.ts';
import { withWindow } from './file-window.ts';

const folder = temporaryFolder();
const scan = (bytes: Uint8Array) =>
  withWindow(folder.write('example', bytes), (window) =>
    scanExample(window, 0, bytes.length, 'image', 'label'),
  );

const outcome = (bytes: Uint8Array) => {
  try {
    return scan(bytes).names.length >= 0 ? 'read or refused' : 'no names';
  } catch (error) {
    return error instanceof DatasetError ? 'read or refused' : error;
  }
};

describe('finding features in a tf.train.Example', () => {
  it('skips an image larger than the window', () => {
    const image = Buffer.alloc(1_000_000, 0xff);
    const bytes = encodeExample({ image, width: 300, label: 70_000 });
    const found = scan(bytes);
    expect(found).toMatchObject({ label: 70_000, names: ['image', 'width', 'label'] });
    expect(
      found.image &&
        bytes.subarray(found.image.offset, found.image.offset + found.image.length).equals(image),
    ).toBe(true);
  });

  it('reads an unpacked integer as well', () => {
    // Example { features { feature { key: "label" value { int64_list { value: 7 } } } } } with wire type 0.
    const bytes = Buffer.from('0a0f0a0d0a056c6162656c12041a020807', 'hex');
    expect(scan(bytes)).toMatchObject({ label: 7, image: null });
  });

  it('reads a negative integer as -1', () => {
    const bytes = Buffer.from('0a190a170a056c6162656c120e1a0c0a0afeffffffffffffffff01', 'hex');
    expect(scan(bytes).label).toBe(-1);
  });

  it.each([
    ['bytes as label', encodeExample({ label: Buffer.from('x') }), 'feature "label" must be int64'],
    ['an integer as image', encodeExample({ image: 3 }), 'feature "image" must be bytes'],
    ['a text', Buffer.from('this is no protocol buffer'), 'not a tf.train.Example'],
    [
      'a cut Example',
      encodeExample({ image: Buffer.alloc(50) }).subarray(0, 40),
      'not a tf.train.Example: a field of 65 bytes',
    ],
  ])('refuses %s', async (_name, bytes, text) => {
    const refusal = await refusalOf(() => scan(bytes));
    expect(refusal.code).toBe('malformed');
    expect(refusal.message).toContain(text);
  });

  it('survives any truncation and any flipped byte', () => {
    const good = encodeExample({ image: Buffer.from('abc'), label: 5 });
    for (let at = 0; at < good.length; at++) {
      const flipped = Buffer.from(good);
      flipped[at] = (flipped[at] as number) ^ 0xff;
      expect([outcome(good.subarray(0, at)), outcome(flipped)]).toEqual([
        'read or refused',
        'read or refused',
      ]);
    }
  });
});
