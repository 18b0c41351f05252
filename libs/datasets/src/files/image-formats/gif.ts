/**
 * The header of a GIF, and where its first frame ends. TensorFlow's decoder unpacks every frame of what it is given, however many
 * there are; it is given the first.
 */
import type { ByteWindow } from '../file-window.ts';
import { broken, hex, type ImageHeader } from './header.ts';

const SCREEN_BYTES = 13;
const IMAGE_BYTES = 10;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;

/** What the decoder needs behind the first frame. */
export const GIF_END = Uint8Array.of(TRAILER);

export function isGif(magic: Buffer): boolean {
  return /^GIF8[79]a/.test(magic.toString('latin1', 0, 6));
}

export function readGif(window: ByteWindow, offset: number, length: number): ImageHeader {
  const blocks = new Blocks(window, offset, length);
  const screen = blocks.take(SCREEN_BYTES, 'its header');
  const [width, height] = [screen.readUInt16LE(6), screen.readUInt16LE(8)];
  blocks.skipColours(screen.readUInt8(10));
  for (;;) {
    const at = blocks.at;
    const kind = blocks.take(1, 'the list of its blocks').readUInt8(0);
    if (kind === EXTENSION) {
      blocks.take(1, 'an extension');
      blocks.skipData();
    } else if (kind === IMAGE) {
      const frame = blocks.take(IMAGE_BYTES - 1, 'the head of its first frame');
      const [left, top] = [frame.readUInt16LE(0), frame.readUInt16LE(2)];
      const fills =
        left === 0 && top === 0 && frame.readUInt16LE(4) === width && frame.readUInt16LE(6) === height;
      if (!fills)
        throw broken(
          window,
          at,
          `the first frame does not fill the ${width} x ${height} pixels of the GIF; convert it to PNG`,
        );
      blocks.skipColours(frame.readUInt8(8));
      blocks.take(1, 'its first frame');
      blocks.skipData();
      return { format: 'gif', width, height, channels: 3, firstFrameBytes: blocks.at - offset };
    } else if (kind === TRAILER) {
      throw broken(window, at, 'the GIF holds no image');
    } else {
      throw broken(window, at, `expected a block of a GIF (0x2c, 0x21 or 0x3b), got ${hex(kind, 2)}`);
    }
  }
}

/** Walks through the file; nothing is believed that lies beyond its end. */
class Blocks {
  at: number;
  readonly #window: ByteWindow;
  readonly #end: number;

  constructor(window: ByteWindow, offset: number, length: number) {
    this.#window = window;
    this.at = offset;
    this.#end = offset + length;
  }

  take(count: number, where: string): Buffer {
    if (this.at + count > this.#end) throw broken(this.#window, this.#end, `the GIF ends inside ${where}`);
    const bytes = this.#window.read(this.at, count);
    this.at += count;
    return bytes;
  }

  /** A colour table, if `packed` says that there is one. */
  skipColours(packed: number): void {
    if ((packed & 0x80) !== 0) this.at += 3 * 2 ** ((packed & 7) + 1);
  }

  /** Pieces of up to 255 bytes, the last one empty. */
  skipData(): void {
    for (;;) {
      const size = this.take(1, 'its data').readUInt8(0);
      if (size === 0) return;
      this.at += size;
    }
  }
}
