import { expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from './crc32c.ts';

it('gives the check values of RFC 3720, B.4', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
});

it('masks by rotation and offset', () => {
  expect(maskedCrc32c(new Uint8Array())).toBe(0xa282ead8);
});
