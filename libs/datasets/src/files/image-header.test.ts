import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeFlatJpeg, jpegSegment } from '../../testing/jpeg-encoder.ts';
import { encodePng, pngHeader, pngOf, testPixels } from '../../testing/png-encoder.ts';
import { encodeGif } from '../../testing/gif-encoder.ts';
import { refusalOf } from '../../testing/refusal.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { webp } from '../../testing/webp-images.ts';
import { DatasetError } from '../errors.ts';
import { withWindow } from './file-window.ts';
import { readImageHeader } from './image-header.ts';

const folder = temporaryFolder();
const read = (file: string) => withWindow(file, (window) => readImageHeader(window, 0, window.size));

const outcome = (file: string) => {
  try {
    return read(file).width > 0 ? 'read or refused' : 'no width';
  } catch (error) {
    return error instanceof DatasetError && error.file === file ? 'read or refused' : error;
  }
};

const grey = encodePng(testPixels(5, 3, 1));
const colours = Uint8Array.from({ length: 768 }, (_, i) => i & 0xff);
const pixels = Uint8Array.from({ length: 30 }, (_, i) => i);
const frame = { width: 6, height: 5, pixels };
const gif = encodeGif(6, 5, colours, [frame]);
const jpeg = encodeFlatJpeg(2, 3, [0, 50, 100, 150, 200, 255]);
const largeMetadata = Buffer.concat([
  jpegSegment(0xe1, Buffer.alloc(60_000, 7)),
  jpegSegment(0xe2, Buffer.alloc(60_000, 9)),
]);

describe('image headers', () => {
  it.each([
    ['a grey PNG', grey, { format: 'png', width: 5, height: 3, channels: 1 }],
    ['a colour PNG', encodePng(testPixels(4, 7, 3)), { format: 'png', width: 4, height: 7, channels: 3 }],
    [
      'a palette PNG',
      pngOf(pngHeader(9, 2, 3, 4), deflateSync(Buffer.alloc(14))),
      { format: 'png', width: 9, height: 2, channels: 3 },
    ],
    [
      'a grey PNG with alpha',
      pngOf(pngHeader(9, 2, 4, 8), deflateSync(Buffer.alloc(38))),
      { format: 'png', width: 9, height: 2, channels: 1 },
    ],
    ['a JPEG', jpeg, { format: 'jpeg', width: 16, height: 24, channels: 1 }],
    [
      'a JPEG behind 120 KB of metadata',
      encodeFlatJpeg(1, 1, [9], largeMetadata),
      { format: 'jpeg', width: 8, height: 8, channels: 1 },
    ],
    ['a GIF', gif, { format: 'gif', width: 6, height: 5, channels: 3, firstFrameBytes: gif.length - 1 }],
    [
      'the first of many frames',
      encodeGif(6, 5, colours, Array(50).fill(frame)),
      { format: 'gif', width: 6, height: 5, channels: 3, firstFrameBytes: gif.length - 1 },
    ],
    ['a WebP', webp('lossless'), { format: 'webp', width: 8, height: 6, channels: 3 }],
    [
      'a WebP with alpha',
      webp('withAlpha'),
      { format: 'webp', width: 8, height: 6, channels: 3, alpha: true },
    ],
    ['a lossy WebP', webp('lossy'), { format: 'webp', width: 8, height: 6, channels: 3 }],
    [
      'a lossy WebP with alpha',
      webp('lossyWithAlpha'),
      { format: 'webp', width: 8, height: 6, channels: 3, alpha: true },
    ],
    ['a real photograph', null, { format: 'jpeg', width: 640, height: 427, channels: 3 }],
  ])('%s', (name, bytes, header) => {
    const file = bytes
      ? folder.write(name, bytes)
      : new URL('../../../../data/china.jpg', import.meta.url).pathname;
    expect(read(file)).toEqual(header);
  });
});

const flippedHeader = Buffer.from(grey);
flippedHeader[18] = 1;
const wideGif = Buffer.from(gif);
wideGif.writeUInt16LE(60_000, 6);
const bombPixels = deflateSync(Buffer.alloc(20_000 * 3000));
const blank = deflateSync(Buffer.alloc(4000 * 4000));

describe('images that are refused from their header', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'malformed', 0, 'the image is empty (0 bytes)'],
    [
      'a bitmap',
      Buffer.from('BM and so on'),
      'malformed',
      0,
      'expected a PNG, JPEG, GIF or WebP, got a BMP image',
    ],
    ['text', Buffer.from('<html>not found</html>'), 'malformed', 0, 'got the bytes 3c68746d6c3e6e6f'],
    [
      'a PNG cut in its header',
      grey.subarray(0, 20),
      'malformed',
      20,
      'ends inside its header: expected 33 bytes, got 20',
    ],
    [
      'a PNG without its header',
      Buffer.concat([grey.subarray(0, 8), grey.subarray(33), grey]),
      'malformed',
      8,
      'expected a PNG header chunk',
    ],
    ['a PNG with a flipped bit', flippedHeader, 'malformed', 29, "header's checksum is wrong"],
    [
      'a PNG of an impossible kind',
      pngOf(pngHeader(1, 1, 5), new Uint8Array()),
      'malformed',
      24,
      'colour type 5 with 8 bits',
    ],
    [
      'a PNG without pixels',
      pngOf(pngHeader(0, 4), new Uint8Array()),
      'malformed',
      0,
      'declares 0 x 4 pixels',
    ],
    [
      'a PNG bomb',
      pngOf(pngHeader(20_000, 20_000), bombPixels),
      'too-large',
      0,
      '20000 x 20000 = 400000000 pixels',
    ],
    ['a PNG that lies', pngOf(pngHeader(50_000, 50_000), new Uint8Array()), 'too-large', 0, '50000 x 50000'],
    [
      'a PNG that expands too much',
      pngOf(pngHeader(4000, 4000, 0), blank),
      'too-large',
      0,
      'at most 500-fold',
    ],
    ['a JPEG cut before its frame', jpeg.subarray(0, 50), 'malformed', 71, 'ends before its frame header'],
    [
      'a JPEG without a frame',
      Buffer.concat([jpeg.subarray(0, 71), Buffer.from([0xff, 0xda, 0, 8])]),
      'malformed',
      71,
      'image data before its frame',
    ],
    [
      'a JPEG with a hole',
      Buffer.concat([jpeg.subarray(0, 71), Buffer.alloc(20)]),
      'malformed',
      71,
      'expected a JPEG marker (0xff), got 0x00',
    ],
    [
      'a JPEG segment of no length',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]),
      'malformed',
      4,
      'declares 0 bytes',
    ],
    ['a GIF without an image', encodeGif(6, 5, colours, []), 'malformed', 787, 'the GIF holds no image'],
    ['a GIF cut in its frame', gif.subarray(0, -9), 'malformed', gif.length - 9, 'ends inside its data'],
    ['a GIF whose frame is small', wideGif, 'malformed', 787, 'does not fill the 60000 x 5 pixels'],
    [
      'a GIF bomb',
      encodeGif(60_000, 60_000, colours, [{ width: 60_000, height: 60_000, pixels }]),
      'too-large',
      0,
      '60000 x 60000',
    ],
    ['an animated WebP', webp('animated'), 'malformed', 12, 'an animated WebP, which is not read'],
    ['a WebP cut short', webp('lossless').subarray(0, 22), 'malformed', 22, 'ends before its image'],
  ])('%s', async (name, bytes, code, offset, text) => {
    const file = folder.write(name, bytes);
    const refusal = await refusalOf(() => read(file));
    expect(refusal).toMatchObject({ code, file, offset });
    expect(refusal.message).toContain(text);
  });

  it('survives any truncation and any flipped byte of a header', () => {
    for (const image of [grey, jpeg, gif, webp('lossless'), webp('lossyWithAlpha')]) {
      for (let at = 0; at < image.length; at++) {
        const flipped = Buffer.from(image);
        flipped[at] = (flipped[at] as number) ^ 0xff;
        for (const bytes of [image.subarray(0, at), flipped]) {
          const file = folder.write('mutant', bytes);
          expect(outcome(file)).toBe('read or refused');
        }
      }
    }
  });
});
