/** Names and layouts of Inception-v3 in PyTorch: torchvision's own, and pytorch-fid's, which has the same modules. */
import type { Convention } from '../convention.ts';
import { convolution, linear, same } from '../layout.ts';

const leaves: Readonly<Record<string, string>> = {
  kernel: 'conv.weight',
  gain: 'bn.weight',
  offset: 'bn.bias',
  mean: 'bn.running_mean',
  variance: 'bn.running_var',
};

/** `params/Mixed_5b.branch1x1.kernel` is `Mixed_5b.branch1x1.conv.weight`. The auxiliary classifier is for training only. */
export const inceptionPyTorch: Convention = {
  counterpart: (path, shape) => {
    const name = path.slice(path.indexOf('/') + 1);
    if (name === 'fc.kernel') return { name: 'fc.weight', layout: linear(shape) };
    if (name === 'fc.bias') return { name, layout: same(shape) };
    const at = name.lastIndexOf('.');
    const leaf = leaves[name.slice(at + 1)];
    if (leaf === undefined) return null;
    const layout = shape.length === 4 ? convolution(shape) : same(shape);
    return { name: `${name.slice(0, at)}.${leaf}`, layout };
  },
  ignores: (name) => name.startsWith('AuxLogits.') || name.endsWith('.num_batches_tracked'),
};
