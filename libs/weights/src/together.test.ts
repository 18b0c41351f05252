import { expect, it } from 'vitest';
import { exportWeights, importWeights } from './convention.ts';
import { styleBasedGanPyTorch } from './conventions/style-based-gan-pytorch.ts';
import { styleGan2PyTorch } from './conventions/stylegan2-pytorch.ts';
import { together } from './together.ts';
import type { WeightArray, Weights } from './weights.ts';

const one = (...shape: number[]): WeightArray => ({
  shape,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
});
const shapesOf = (weights: Weights) => new Map([...weights].map(([path, { shape }]) => [path, shape]));

const style2 = styleGan2PyTorch({ resolution: 4 });
const ours: Weights = new Map([
  ['mapping/params/layer1.bias', one(2)],
  ['synthesis/params/block4.conv1.bias', one(2)],
  ['declared/wAverage', one(2)],
]);
const G = together({ mapping: style2.mapping, synthesis: style2.synthesis, declared: style2.declared });
const theirs = exportWeights(ours, G);

it('names the variables of all networks', () => {
  expect([...theirs.keys()]).toEqual(['style.1.bias', 'conv1.activate.bias', 'latent_avg']);
  expect(importWeights(theirs, shapesOf(ours), G, 'f')).toEqual(ours);
});

it("refuses what no network has a place for, not what is another's, a filter or fixed noise", () => {
  const attempt = (name: string) => () =>
    importWeights(new Map([...theirs, [name, one(1)]]), shapesOf(ours), G, 'f');
  expect(attempt('noises.noise_0')).not.toThrow();
  expect(attempt('to_rgbs.0.upsample.kernel')).not.toThrow();
  expect(attempt('style.2.bias')).toThrow(/no place for, the first is "style\.2\.bias"/);
  expect(attempt('conv9.activate.bias')).toThrow(/no place for, the first is "conv9\.activate\.bias"/);
});

it("refuses a file of another side in one sentence, whichever network's names say so", () => {
  const larger = new Map([...theirs, ['to_rgbs.1.bias', one(1, 3, 1, 1)]]);
  expect(() => importWeights(larger, shapesOf(ours), G, 'f')).toThrow(
    "f: is of a network for images of 16x16, and the recipe's images are 4x4",
  );
});

it('gives every network its own preparation', () => {
  const { mapping, synthesis } = styleBasedGanPyTorch({ lrMultiplier: 1, resolution: 4 });
  const weights: Weights = new Map([
    ['mapping/params/layer1.kernel', one(2, 2)],
    ['synthesis/params/block4.constant', one(4, 4, 2)],
    ['synthesis/params/block4.layer1.bias', { shape: [2], values: Float32Array.of(1, 10) }],
  ]);
  const written = exportWeights(weights, together({ mapping, synthesis }));
  expect([...written.keys()]).toEqual(['style.1.linear.weight_orig', 'generator.progression.0.conv1.input']);
  const { values } = written.get('generator.progression.0.conv1.input')!;
  // 16 pixels of the first channel, then 16 of the second.
  expect([...values]).toEqual(Array.from({ length: 32 }, (_, i) => (i < 16 ? 2 : 11)));
});

it("leaves out the larger sides of style-based-gan-pytorch's own files, which have all", () => {
  const { synthesis } = styleBasedGanPyTorch({ lrMultiplier: 1, resolution: 4 });
  const image = (block: number): [string, WeightArray] => [`generator.to_rgb.${block}.conv.bias`, one(3)];
  const shapes = new Map([['params/image4.bias', [3]]]);
  const read = (...blocks: number[]) => importWeights(new Map(blocks.map(image)), shapes, synthesis, 'f');
  expect([...read(0, 1, 2, 3, 4, 5, 6, 7, 8).keys()]).toEqual(['params/image4.bias']);
  expect(() => read(0, 1)).toThrow("is of a network for images of 8x8, and the recipe's images are 4x4");
});
