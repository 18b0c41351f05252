/** Reads a weights file of any known format, told by its first bytes rather than its name. */
import { h5Magic, readKerasH5 } from './keras-h5.ts';
import { withFile } from './byte-source.ts';
import { isPyTorch, type PyTorchOptions, readPyTorch } from './pytorch/read-pytorch.ts';
import { readSafetensors } from './safetensors.ts';
import { WeightError } from './weight-error.ts';
import type { Weights } from './weights.ts';

/** Tensors of safetensors, PyTorch or Keras, with names, shapes and order of axes as the file has them. Throws `WeightError`. */
export async function readWeights(file: string, options: PyTorchOptions = {}): Promise<Weights> {
  const weights = await withFile(file, async (source) => {
    const start = await source.read(0, Math.min(source.size, 512));
    if (isPyTorch(start)) return readPyTorch(source, options);
    if (start.subarray(0, h5Magic.length).equals(h5Magic)) return readKerasH5(source);
    // Its header is JSON, behind a length of eight bytes.
    if (start[8] === 0x7b) return null;
    throw new WeightError(
      'malformed',
      file,
      'is no weights file; expected safetensors, a .pth or .pt of torch.save, or an .h5 of Keras',
    );
  });
  return weights ?? readSafetensors(file);
}
