/** PyTorch's `.pth` and `.pt` files: what `torch.save` writes of tensors and dictionaries. Nothing in them is run. */
import { WeightError } from '../weight-error.ts';
import type { WeightArray, Weights } from '../weights.ts';
import type { ByteSource } from '../byte-source.ts';
import type { Contents } from './contents.ts';
import { legacyMagic, openLegacy } from './legacy-file.ts';
import { stateDict, tensorSets } from './state-dict.ts';
import {
  allowedGlobals,
  numbersOf,
  type Storage,
  storageOf,
  type StoredTensor,
  valuesOf,
} from './tensors.ts';
import { unpickle } from './unpickle.ts';
import { ZipArchive } from './zip-archive.ts';

export const zipMagic = Buffer.from('PK\u0003\u0004', 'latin1');

const tarMark = Buffer.from('ustar', 'latin1');

/** Whether a file that begins like this is one of PyTorch's, old or new. */
export const isPyTorch = (start: Buffer): boolean =>
  [zipMagic, legacyMagic].some((magic) => start.subarray(0, magic.length).equals(magic)) || isTar(start);

const isTar = (start: Buffer): boolean => start.subarray(257, 257 + tarMark.length).equals(tarMark);

/**
 * Float32 whatever the type in the file, row-major whatever the strides. `key` chooses of several sets of tensors, such as `G_ema`;
 * `usual` are those read without it. Throws `WeightError`.
 */
export async function readPyTorch(
  source: ByteSource,
  key?: string,
  usual: readonly string[] = [],
): Promise<Weights> {
  const { value, read } = await open(source);
  const tensors = stateDict(value, key, source.file, usual);
  const weights = new Map<string, WeightArray>();
  for (const [storage, views] of byStorage(tensors)) {
    const bytes = await read(storage);
    if (bytes.length !== storage.bytes)
      throw new WeightError(
        'malformed',
        source.file,
        `has ${bytes.length} bytes in storage "${storage.key}", expected ${storage.bytes}`,
      );
    const numbers = numbersOf(storage, bytes);
    for (const [name, tensor] of views) weights.set(name, valuesOf(tensor, numbers));
  }
  // In the order of the file.
  return new Map([...tensors.keys()].map((name) => [name, weights.get(name)!]));
}

/** Names of the sets of tensors in a file, '' for what lies beside them. Throws `WeightError`. */
export async function setsOfPyTorch(source: ByteSource): Promise<string[]> {
  return [...tensorSets((await open(source)).value).keys()];
}

/** What the dictionary or object `key` of a file holds; nothing when there is none. Throws `WeightError`. */
export async function optionsOfPyTorch(
  source: ByteSource,
  key: string,
): Promise<ReadonlyMap<unknown, unknown>> {
  const { value } = await open(source);
  const options: unknown = value instanceof Map ? value.get(key) : undefined;
  return options instanceof Map ? options : new Map();
}

async function open(source: ByteSource): Promise<Contents> {
  const start = await source.read(0, Math.min(source.size, 512));
  if (isTar(start))
    throw new WeightError(
      'unsupported',
      source.file,
      "is a tar archive, as PyTorch wrote them before version 0.1.10; convert it with python -c \"import torch; torch.save(torch.load('old.pth'), 'new.pth')\"",
    );
  return start.subarray(0, zipMagic.length).equals(zipMagic) ? openZip(source) : openLegacy(source);
}

async function openZip(source: ByteSource): Promise<Contents> {
  const { file } = source;
  const archive = await ZipArchive.open(source);
  const pickle = archive.names.find((name) => name.endsWith('/data.pkl'));
  if (pickle === undefined)
    throw new WeightError(
      'malformed',
      file,
      "is a zip archive without data.pkl, so none of PyTorch's; expected what torch.save writes",
    );
  const folder = pickle.slice(0, -'data.pkl'.length);
  if (
    archive.names.includes(`${folder}byteorder`) &&
    (await archive.read(`${folder}byteorder`)).toString() !== 'little'
  )
    throw new WeightError(
      'unsupported',
      file,
      'was written on a big-endian machine; save it again on another',
    );
  const { value } = unpickle(await archive.read(pickle), 0, {
    file,
    globals: allowedGlobals(file),
    persistent: (id) => storageOf(id, file),
  });
  return { value, read: (storage) => archive.read(`${folder}data/${storage.key}`) };
}

/** The tensors that view each storage, so that a shared one is read once. */
function byStorage(tensors: ReadonlyMap<string, StoredTensor>): Map<Storage, [string, StoredTensor][]> {
  const firstOf = new Map<string, Storage>();
  const views = new Map<Storage, [string, StoredTensor][]>();
  for (const [name, tensor] of tensors) {
    const { storage } = tensor;
    const id = `${storage.key} ${storage.dtype} ${storage.length}`;
    const known = firstOf.get(id) ?? storage;
    firstOf.set(id, known);
    views.set(known, [...(views.get(known) ?? []), [name, tensor]]);
  }
  return views;
}
