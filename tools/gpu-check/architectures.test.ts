import { describe, expect, it } from 'vitest';
import { keepArchitecture } from './architectures.ts';

interface Part {
  readonly kind: 'ptx' | 'code';
  readonly compute: number;
}

const size = 24;
const header = 64;

/** A container as NVIDIA's linker writes it: each entry's payload is its compute capability, repeated. */
function container(...parts: readonly Part[]): Buffer {
  const entries = parts.map(({ kind, compute }) => {
    const entry = Buffer.alloc(header + size, compute);
    entry.fill(0, 0, header);
    entry.writeUInt16LE(kind === 'ptx' ? 1 : 2, 0);
    entry.writeUInt32LE(header, 4);
    entry.writeBigUInt64LE(BigInt(size), 8);
    entry.writeUInt32LE(compute, 28);
    return entry;
  });
  const head = Buffer.alloc(16);
  head.writeUInt32LE(0xba55ed50, 0);
  head.writeUInt16LE(1, 4);
  head.writeUInt16LE(16, 6);
  head.writeBigUInt64LE(BigInt(entries.length * (header + size)), 8);
  return Buffer.concat([head, ...entries]);
}

/** Which of the payloads are still there, in order. */
const left = (bytes: Buffer): number[] =>
  Array.from(
    { length: (bytes.length - 16) / (header + size) },
    (_, i) => bytes[16 + i * (header + size) + header]!,
  );

const code = (compute: number): Part => ({ kind: 'code', compute });
const ptx = (compute: number): Part => ({ kind: 'ptx', compute });

describe('keepArchitecture', () => {
  it('keeps the machine code of the GPU, and clears everything else', () => {
    const bytes = container(code(80), code(90), ptx(90), code(100));
    expect(keepArchitecture(bytes, 90)).toBe(3 * size);
    expect(left(bytes)).toEqual([0, 90, 0, 0]);
  });

  it('keeps the newest PTX that the GPU can compile where there is no machine code for it', () => {
    const bytes = container(code(80), ptx(70), ptx(80), ptx(120));
    expect(keepArchitecture(bytes, 90)).toBe(3 * size);
    expect(left(bytes)).toEqual([0, 0, 80, 0]);
  });

  it('finds every container among other bytes and leaves those, sizes and headers as they were', () => {
    const [one, two] = [container(code(75), code(90)), container(code(90), code(75))];
    const bytes = Buffer.concat([
      Buffer.from('before'),
      one,
      Buffer.from('between'),
      two,
      Buffer.from('end'),
    ]);
    const untouched = Buffer.from(bytes);
    keepArchitecture(bytes, 90);
    const differing = [...bytes].filter((byte, i) => byte !== untouched[i]);
    expect(differing).toEqual(Array.from({ length: 2 * size }, () => 0));
    expect(bytes.toString('latin1')).toMatch(/^before.*between.*end$/s);
  });

  it('leaves what only begins like a container', () => {
    const cut = container(code(75), code(75)).subarray(0, -1);
    const other = container(code(75));
    other.writeUInt16LE(7, 16);
    for (const bytes of [Buffer.from(cut), other]) {
      const before = Buffer.from(bytes);
      expect(keepArchitecture(bytes, 90)).toBe(0);
      expect(bytes.equals(before)).toBe(true);
    }
  });
});
