/**
 * Writes grey JPEGs of flat 8 x 8 blocks. Only the mean of each block is coded (quantised by 8, its scale), so every decoder must
 * give back exactly the value of the block.
 */

/** Huffman lengths: DC categories 0 to 11 get four bits each, the only AC symbol (end of block) gets one. */
const DC_SYMBOLS = Uint8Array.from({ length: 12 }, (_, category) => category);
const DC_COUNTS = [0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const AC_COUNTS = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** `blocks`: one grey value for each block, row by row. `before`: extra segments ahead of the frame header. */
export function encodeFlatJpeg(
  blocksWide: number,
  blocksHigh: number,
  blocks: readonly number[],
  before: Buffer = Buffer.alloc(0),
): Buffer {
  const frame = Buffer.alloc(9);
  frame.writeUInt8(8, 0);
  frame.writeUInt16BE(blocksHigh * 8, 1);
  frame.writeUInt16BE(blocksWide * 8, 3);
  frame.set([1, 1, 0x11, 0], 5);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    before,
    jpegSegment(0xdb, Buffer.from([0, ...Array<number>(64).fill(8)])),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, Buffer.from([0x00, ...DC_COUNTS, ...DC_SYMBOLS])),
    jpegSegment(0xc4, Buffer.from([0x10, ...AC_COUNTS, 0])),
    jpegSegment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0])),
    entropyCoded(blocks),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function jpegSegment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function entropyCoded(blocks: readonly number[]): Buffer {
  let bits = '';
  let previous = 0;
  for (const value of blocks) {
    // The DC coefficient of a flat block is 8 times its level, divided by the quantiser 8.
    const level = value - 128;
    const change = level - previous;
    previous = level;
    const category = Math.abs(change).toString(2).length * Number(change !== 0);
    bits += category.toString(2).padStart(4, '0');
    if (category > 0)
      bits += (change > 0 ? change : change + 2 ** category - 1).toString(2).padStart(category, '0');
    bits += '0';
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return Buffer.from(bytes);
}
