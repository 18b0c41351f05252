/** Keras's `.h5` files, as `model.save_weights` and `model.save` write them. HDF5's own library reads them, in a sandbox (WebAssembly). */
import type * as HDF5 from 'h5wasm';
import type { ByteSource } from './byte-source.ts';
import { WeightError } from './weight-error.ts';
import type { WeightArray, Weights } from './weights.ts';

export const h5Magic = Buffer.from('894844460d0a1a0a', 'hex');

/** In the memory of the sandbox, which sees no file of this machine. */
const inside = '/weights.h5';

const floatType = 1;
const maxElements = 2 ** 29;

/**
 * Tensors by layer and variable: `conv2d_1/kernel`, or `conv2d_1/0` from a `.weights.h5`, which numbers the variables of a layer.
 * What an optimiser remembers is left out.
 * Throws `WeightError`.
 */
export async function readKerasH5(source: ByteSource): Promise<Weights> {
  const { File, ready } = (await import('h5wasm')).default as unknown as typeof HDF5;
  const module = await ready;
  const bytes = await source.read(0, source.size);
  // Otherwise the library prints its errors and goes on.
  module.activate_throwing_error_handler();
  module.FS.writeFile(inside, bytes);
  let file: HDF5.File | undefined;
  try {
    file = new File(inside, 'r');
    const weights = new Map<string, WeightArray>();
    for (const [path, dataset] of datasetsOf(file, source.file))
      weights.set(path, arrayOf(path, dataset, source.file));
    if (weights.size === 0)
      throw new WeightError('malformed', source.file, 'holds no tensors; expected weights of Keras');
    return weights;
  } catch (cause) {
    if (cause instanceof WeightError) throw cause;
    throw new WeightError('malformed', source.file, 'cannot be read as HDF5: it is damaged or cut short', {
      cause,
    });
  } finally {
    file?.close();
    module.FS.unlink(inside);
    module.deactivate_throwing_error_handler();
  }
}

function datasetsOf(file: HDF5.File, name: string): [string, HDF5.Dataset][] {
  return file
    .paths()
    .filter((path) => !/(^|\/)optimizer(_weights)?(\/|$)/.test(path))
    .flatMap((path): [string, HDF5.Dataset][] => {
      const entity = file.get(path);
      if (entity === null || ('type' in entity && entity.type === 'ExternalLink'))
        throw new WeightError(
          'unsupported',
          name,
          `"${path}" is a link to another file, which is not followed`,
        );
      return 'shape' in entity ? [[nameOf(path, file), entity]] : [];
    });
}

/** A `.weights.h5` numbers the layers of a class too, in an order of its own, and has the layer's name as an attribute. */
function nameOf(path: string, file: HDF5.File): string {
  const [, group, variable] = /^(.*\/vars)\/(\d+)$/.exec(path) ?? [];
  const variables = group === undefined ? null : file.get(group);
  const layer = variables !== null && 'attrs' in variables ? variables.attrs['name']?.value : undefined;
  return typeof layer === 'string' ? `${layer}/${variable}` : shortened(path);
}

/** Keras 2 says a layer's name twice, and `:0` as TensorFlow's first output. */
const shortened = (path: string): string =>
  path
    .replace(/^model_weights\//, '')
    .replace(/:0$/, '')
    .split('/')
    .filter((part, i, parts) => part !== parts[i - 1])
    .join('/');

function arrayOf(path: string, dataset: HDF5.Dataset, file: string): WeightArray {
  const { type, size } = dataset.metadata;
  const shape = dataset.shape ?? [];
  if (type !== floatType || (size !== 4 && size !== 8))
    throw new WeightError(
      'unsupported',
      file,
      `"${path}" is of HDF5's type ${type} with ${size} bytes, expected float32 or float64`,
    );
  if (shape.reduce((a, b) => a * b, 1) > maxElements)
    throw new WeightError(
      'unsupported',
      file,
      `"${path}" is [${shape.join(', ')}], more than ${maxElements} numbers`,
    );
  const { value } = dataset;
  const values =
    typeof value === 'number'
      ? Float32Array.of(value)
      : Float32Array.from(value as Float32Array | Float64Array);
  return { shape, values };
}
