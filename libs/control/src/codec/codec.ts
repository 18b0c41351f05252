/** One message's way to bytes and back, as gRPC wants it. */
import { Fields, type Parsed } from './fields.ts';

export interface Codec<T> {
  encode(value: T): Buffer;
  /** Never throws: malformed bytes and values out of range are an error text. */
  decode(bytes: Uint8Array): Parsed<T>;
}

/** What protobufjs generates for a message. */
interface Generated<W> {
  encode(message: W): { finish(): Uint8Array };
  decode(bytes: Uint8Array): W;
}

export function codec<T, W>(
  name: string,
  generated: Generated<W>,
  write: (value: T) => W,
  read: (message: W, fields: Fields) => T,
): Codec<T> {
  return {
    encode: (value) => Buffer.from(generated.encode(write(value)).finish()),
    decode(bytes) {
      const fields = new Fields(name);
      try {
        const value = read(generated.decode(bytes), fields);
        return fields.error === undefined ? { value } : { error: fields.error };
      } catch (error) {
        return {
          error: `${name}: malformed bytes (${error instanceof Error ? error.message : String(error)})`,
        };
      }
    },
  };
}
