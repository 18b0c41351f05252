import { describe, expect, it } from 'vitest';
import { plainCrc32c } from '../test/event-reader.ts';
import { crc32c } from './crc32c.ts';

describe('crc32c', () => {
  it('agrees with the values of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('agrees with a bitwise sum at every length', () => {
    for (let length = 0; length < 40; length += 1) {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 151 + length) & 0xff));
      expect(crc32c(bytes)).toBe(plainCrc32c(bytes));
    }
  });
});
