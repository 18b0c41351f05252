/** Reads event files for the tests, written from the format's description and sharing no code with the writer. */
import { readFileSync } from 'node:fs';

type Field = { readonly number: number; readonly value: bigint | Buffer };

export class Message {
  readonly #fields: Field[] = [];

  constructor(bytes: Buffer) {
    let at = 0;
    const varint = (): bigint => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes[at];
        if (byte === undefined) throw new Error('varint runs over the end');
        at += 1;
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const take = (length: number): Buffer => {
      if (at + length > bytes.length) throw new Error('field runs over the end');
      at += length;
      return bytes.subarray(at - length, at);
    };
    while (at < bytes.length) {
      const key = Number(varint());
      const type = key & 7;
      if (![0, 1, 2, 5].includes(type)) throw new Error(`wire type ${type}`);
      const value = type === 0 ? varint() : take(type === 1 ? 8 : type === 5 ? 4 : Number(varint()));
      this.#fields.push({ number: key >> 3, value });
    }
  }

  all(number: number): Buffer[] {
    return this.#fields.filter((field) => field.number === number).map((field) => field.value as Buffer);
  }
  has = (number: number): boolean => this.#fields.some((field) => field.number === number);
  bytes = (number: number): Buffer => this.all(number)[0] ?? Buffer.alloc(0);
  text = (number: number): string => this.bytes(number).toString('utf8');
  message = (number: number): Message => new Message(this.bytes(number));
  messages = (number: number): Message[] => this.all(number).map((bytes) => new Message(bytes));
  double = (number: number): number => (this.has(number) ? this.bytes(number).readDoubleLE() : 0);
  integer = (number: number): number =>
    Number(this.#fields.find((field) => field.number === number)?.value ?? 0);
}

/** Bit by bit, unlike the table of the writer. */
export function plainCrc32c(bytes: Buffer): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  return Number(crc ^ 0xffffffffn);
}

function checkSum(bytes: Buffer, stored: number): void {
  const crc = BigInt(plainCrc32c(bytes));
  const masked = (((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn;
  if (Number(masked) !== stored) throw new Error(`checksum ${stored}, expected ${masked}`);
}

/** The payloads of a file's records, all checksums checked. */
export function readRecords(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    checkSum(bytes.subarray(at, at + 8), bytes.readUInt32LE(at + 8));
    const payload = bytes.subarray(at + 12, at + 12 + length);
    checkSum(payload, bytes.readUInt32LE(at + 12 + length));
    records.push(payload);
    at += 16 + length;
  }
  return records;
}

export type ReadValue = {
  wallTime: number;
  step: number;
  tag: string;
  plugin: string | undefined;
  content: Message;
  dataClass: number;
  dtype: number;
  shape: number[];
  floats: number[];
  strings: Buffer[];
};

export const readEvents = (file: string): Message[] =>
  readRecords(file).map((payload) => new Message(payload));

/** The summary values of a file, in order. */
export function readValues(file: string): ReadValue[] {
  return readEvents(file).flatMap((event) => {
    if (!event.has(5)) return [];
    return event
      .message(5)
      .messages(1)
      .map((value) => {
        const tensor = value.message(8);
        const metadata = value.message(9);
        const plugin = metadata.message(1);
        const dtype = tensor.integer(1);
        const content = tensor.bytes(4);
        const itemBytes = dtype === 1 ? 4 : 8;
        const floats = Array.from({ length: content.length / itemBytes }, (_, index) =>
          dtype === 1 ? content.readFloatLE(index * 4) : content.readDoubleLE(index * 8),
        );
        return {
          wallTime: event.double(1),
          step: event.integer(2),
          tag: value.text(1),
          plugin: value.has(9) ? plugin.text(1) : undefined,
          content: plugin.message(2),
          dataClass: metadata.integer(4),
          dtype,
          shape: tensor
            .message(2)
            .messages(2)
            .map((dim) => dim.integer(1)),
          floats,
          strings: tensor.all(8),
        };
      });
  });
}
