/** Writes GIFs of 256 colours, without compressing them. */

export interface GifFrame {
  readonly left?: number;
  readonly top?: number;
  readonly width: number;
  readonly height: number;
  /** Index into the colours for each pixel. */
  readonly pixels: Uint8Array;
}

const CLEAR = 256;
const END = 257;
/** Codes stay 9 bits long as long as the table is cleared before it has 512 entries. */
const CLEAR_EVERY = 200;

/** `colours`: 256 times red, green, blue. */
export function encodeGif(
  width: number,
  height: number,
  colours: Uint8Array,
  frames: readonly GifFrame[],
): Buffer {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 0, 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  screen.writeUInt8(0xf7, 10);
  const comment = Buffer.from([0x21, 0xfe, 2, 0x68, 0x69, 0]);
  return Buffer.concat([screen, colours, comment, ...frames.map(encodeFrame), Buffer.from([0x3b])]);
}

function encodeFrame({ left = 0, top = 0, width, height, pixels }: GifFrame): Buffer {
  const head = Buffer.alloc(11);
  head.writeUInt8(0x2c, 0);
  for (const [i, value] of [left, top, width, height].entries()) head.writeUInt16LE(value, 1 + 2 * i);
  head.writeUInt8(8, 10);
  const data = packed([...pixels].flatMap((pixel, i) => (i % CLEAR_EVERY === 0 ? [CLEAR, pixel] : [pixel])));
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat([head, ...blocks, Buffer.from([0])]);
}

/** Nine bits a code, the low ones first. */
function packed(codes: readonly number[]): Buffer {
  const bits = [...codes, END]
    .map((code) => [...code.toString(2).padStart(9, '0')].toReversed().join(''))
    .join('');
  return Buffer.from(
    bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt([...byte].toReversed().join(''), 2)) ?? [],
  );
}
