import { describe, expect, it } from 'vitest';
import { encodeGif } from './gif.ts';

/** Size, delays in ms, repetitions and the last colour table, read as the specification of GIF89a lays them out. */
function header(gif: Uint8Array) {
  const bytes = Buffer.from(gif);
  const delays: number[] = [];
  for (let at = bytes.indexOf('21f904', 0, 'hex'); at >= 0; at = bytes.indexOf('21f904', at + 8, 'hex'))
    delays.push(bytes.readUInt16LE(at + 4) * 10);
  const loop = bytes.indexOf('NETSCAPE2.0');
  return {
    version: bytes.toString('latin1', 0, 6),
    size: [bytes.readUInt16LE(6), bytes.readUInt16LE(8)],
    delays,
    repeats: bytes.readUInt16LE(loop + 13),
    ends: bytes.at(-1),
  };
}

const frame = (channels: number, level: number) => ({
  width: 3,
  height: 2,
  channels,
  data: new Uint8Array(6 * channels).fill(level),
});

describe('encodeGif', () => {
  it.each([1, 3])('writes frames of %i channels that play for ever', (channels) => {
    const gif = encodeGif([frame(channels, 0), frame(channels, 200)], { delayMs: 80 });
    expect(header(gif)).toEqual({
      version: 'GIF89a',
      size: [3, 2],
      delays: [80, 80],
      repeats: 0,
      ends: 0x3b,
    });
  });

  it('refuses frames of several sizes, and pictures without colours of their own', () => {
    const wide = { ...frame(1, 0), width: 6, height: 1 };
    const encoding =
      (...frames: Parameters<typeof encodeGif>[0]) =>
      () =>
        encodeGif(frames, { delayMs: 80 });
    expect(encoding(frame(1, 0), wide)).toThrow('the first is 3x2x1, got 6x1x1');
    expect(encoding(frame(4, 0))).toThrow('1 or 3 channels, got 4');
    expect(encoding()).toThrow('got none');
  });
});
