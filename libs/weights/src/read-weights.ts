/** Reads a weights file of any known format, told by its first bytes rather than its name. */
import { access } from 'node:fs/promises';
import { h5Magic, readKerasH5 } from './keras-h5.ts';
import { withFile } from './byte-source.ts';
import { isPyTorch, optionsOfPyTorch, readPyTorch, setsOfPyTorch } from './pytorch/read-pytorch.ts';
import { readSafetensors } from './safetensors.ts';
import { WeightError } from './weight-error.ts';
import type { Weights } from './weights.ts';

/**
 * Tensors of safetensors, PyTorch or Keras, with names, shapes and order of axes as the file has them. `checkpoint.pth#G_ema` is one
 * of several sets of tensors in a file of PyTorch. Where a file has several and `name` chooses none, those of `usual` that it has are
 * read together; '' is what lies beside the sets. Throws `WeightError`.
 */
export async function readWeights(name: string, usual: readonly string[] = []): Promise<Weights> {
  const { file, key } = await located(name);
  const weights = await withFile(file, async (source) => {
    const start = await source.read(0, Math.min(source.size, 512));
    if (isPyTorch(start)) return readPyTorch(source, key, usual);
    if (start.subarray(0, h5Magic.length).equals(h5Magic)) return readKerasH5(source);
    // Its header is JSON, behind a length of eight bytes.
    if (start[8] === 0x7b && key === undefined) return null;
    throw new WeightError(
      'malformed',
      file,
      'is no weights file; expected safetensors, a .pth or .pt of torch.save, or an .h5 of Keras',
    );
  });
  return weights ?? readSafetensors(file);
}

/** Names of the sets of tensors of which `name` chooses none; [] of a file that holds tensors alone. Throws `WeightError`. */
export async function weightSets(name: string): Promise<string[]> {
  const { file, key } = await located(name);
  if (key !== undefined) return [];
  return withFile(file, async (source) => {
    const start = await source.read(0, Math.min(source.size, 512));
    const sets = isPyTorch(start) ? await setsOfPyTorch(source) : [];
    return sets.filter((set) => set !== '');
  });
}

/** What a checkpoint of PyTorch holds as its dictionary or object `key`, such as the options of its networks; nothing when there is none. Throws `WeightError`. */
export async function checkpointOptions(name: string, key: string): Promise<ReadonlyMap<string, unknown>> {
  const { file } = await located(name);
  const options = await withFile(file, async (source) => {
    const start = await source.read(0, Math.min(source.size, 512));
    return isPyTorch(start) ? optionsOfPyTorch(source, key) : new Map<unknown, unknown>();
  });
  return new Map([...options].map(([option, value]) => [String(option), value]));
}

/** A file may have a # in its own name. */
async function located(name: string): Promise<{ file: string; key?: string }> {
  const at = name.lastIndexOf('#');
  const isWhole =
    at < 1 ||
    (await access(name)
      .then(() => true)
      .catch(() => false));
  return isWhole ? { file: name } : { file: name.slice(0, at), key: name.slice(at + 1) };
}
