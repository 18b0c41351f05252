/** PyTorch's file format before version 1.6: five pickles, then the storages one after another. */
import { WeightError } from '../weight-error.ts';
import type { ByteSource } from '../byte-source.ts';
import type { Contents } from './contents.ts';
import { allowedGlobals, type Storage, storageOf } from './tensors.ts';
import { unpickle } from './unpickle.ts';

/** Pickled first, as a long of ten bytes. */
export const legacyMagic = Buffer.from('80028a0a6cfc9c46f920', 'hex');

const protocolVersion = 1001;

export async function openLegacy(source: ByteSource): Promise<Contents> {
  const { file, size } = source;
  const storages = new Map<string, Storage>();
  const bytes = await source.read(0, size);
  let at = 0;
  const next = (): unknown => {
    const { value, end } = unpickle(bytes, at, {
      file,
      globals: allowedGlobals(file),
      persistent: (id) => {
        const storage = storageOf(id, file);
        const [, , , , , view = null] = id as unknown[];
        if (view !== null)
          throw new WeightError(
            'unsupported',
            file,
            'its storages are views of each other, as of PyTorch 0.3 and before; save it again with a newer one',
          );
        const known = storages.get(storage.key) ?? storage;
        storages.set(storage.key, known);
        return known;
      },
    });
    at = end;
    return value;
  };
  next(); // the magic number, which has been seen
  const version = next();
  if (version !== protocolVersion)
    throw new WeightError(
      'unsupported',
      file,
      `is of PyTorch's old format in version ${String(version)}, expected ${protocolVersion}`,
    );
  const system = next();
  if (!(system instanceof Map) || system.get('little_endian') !== true)
    throw new WeightError(
      'unsupported',
      file,
      'was written on a big-endian machine; save it again on another',
    );
  const value = next();
  const places = new Map<string, number>();
  for (const key of next() as string[]) {
    const storage = storages.get(key);
    if (storage === undefined)
      throw new WeightError('malformed', file, `has a storage "${key}" that no tensor views`);
    const length = Number((await source.read(at, 8)).readBigInt64LE());
    if (length !== storage.length)
      throw new WeightError(
        'malformed',
        file,
        `has ${length} numbers in storage "${key}", expected ${storage.length}`,
      );
    places.set(key, at + 8);
    at += 8 + storage.bytes;
  }
  return {
    value,
    read: async (storage) => {
      const begin = places.get(storage.key);
      if (begin === undefined) throw new WeightError('malformed', file, `lacks the storage "${storage.key}"`);
      return source.read(begin, storage.bytes);
    },
  };
}
