/** Arrays as NumPy's .npy files (format 1.0), which `numpy.load` opens. */
import { endianness } from 'node:os';
import { SummaryError } from './summary-error.ts';

const alignment = 64;

export function encodeNpy(data: Float32Array, shape: readonly number[]): Buffer {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (size !== data.length) {
    throw new SummaryError(
      'bad-shape',
      `shape [${shape.join(', ')}] holds ${size} values, got ${data.length}`,
    );
  }
  const order = endianness() === 'LE' ? '<' : '>';
  // As Python prints a tuple: one item keeps its comma.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${order}f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefixBytes = 10;
  const padding = alignment - ((prefixBytes + text.length + 1) % alignment);
  const header = `${text}${' '.repeat(padding % alignment)}\n`;
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8]);
  return Buffer.concat([
    prefix,
    Buffer.from(header, 'latin1'),
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  ]);
}
