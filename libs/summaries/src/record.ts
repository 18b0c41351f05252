/** TFRecord framing: length, its checksum, the payload, its checksum. */
import { maskedCrc32c } from './crc32c.ts';

const headerBytes = 12;
const footerBytes = 4;

export function frameRecord(payload: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(headerBytes + payload.length + footerBytes);
  record.writeBigUInt64LE(BigInt(payload.length), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(payload, headerBytes);
  record.writeUInt32LE(maskedCrc32c(payload), headerBytes + payload.length);
  return record;
}
