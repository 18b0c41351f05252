/** Writes `tf.train.Example`s and TFRecords. */
import { maskedCrc32c } from './crc32c.ts';

export type FeatureValue = Uint8Array | number;

export function encodeExample(features: Record<string, FeatureValue>): Buffer {
  const entries = Object.entries(features).map(([name, value]) => {
    const list =
      value instanceof Uint8Array ? message(1, message(1, value)) : message(3, message(1, varint(value)));
    return message(1, Buffer.concat([message(1, Buffer.from(name)), message(2, list)]));
  });
  return message(1, Buffer.concat(entries));
}

export function encodeRecord(data: Uint8Array): Buffer {
  const record = Buffer.alloc(12 + data.length + 4);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(data, 12);
  record.writeUInt32LE(maskedCrc32c(data), 12 + data.length);
  return record;
}

function message(field: number, body: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
