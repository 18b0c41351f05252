import { describe, expect, it } from 'vitest';
import { exportWeights, importWeights, type Convention } from './convention.ts';
import { bigGanPyTorch } from './conventions/biggan-pytorch.ts';
import { pretrainedBigGan } from './conventions/pretrained-biggan.ts';
import { styleBasedGanPyTorch } from './conventions/style-based-gan-pytorch.ts';
import { styleGan2PyTorch } from './conventions/stylegan2-pytorch.ts';
import { convolution, fromTheirs, linear, toTheirs, type Layout } from './layout.ts';
import type { WeightArray, Weights } from './weights.ts';

const counted = (shape: readonly number[]): WeightArray => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

describe('a layout', () => {
  it('moves every number to where the other program looks for it', () => {
    const kernel = counted([2, 3, 4, 5]);
    const { shape, values } = toTheirs(kernel, convolution(kernel.shape));
    expect(shape).toEqual([5, 4, 2, 3]);
    for (const [y, x, i, o] of [
      [0, 0, 0, 0],
      [1, 2, 3, 4],
      [1, 0, 2, 1],
    ] as [number, number, number, number][])
      expect(values[((o * 4 + i) * 2 + y) * 3 + x]).toBe(((y * 3 + x) * 4 + i) * 5 + o);
  });

  it('puts the first rows last where inputs are concatenated the other way round', () => {
    const layout: Layout = { ...linear([3, 2]), roll: 1 };
    expect([...toTheirs(counted([3, 2]), layout).values]).toEqual([2, 4, 0, 3, 5, 1]);
  });

  it('turns kernels by 180 degrees', () => {
    const kernel = counted([3, 3, 1, 2]);
    const turned = toTheirs(kernel, { ...convolution(kernel.shape), turned: true });
    expect([...turned.values]).toEqual([16, 14, 12, 10, 8, 6, 4, 2, 0, 17, 15, 13, 11, 9, 7, 5, 3, 1]);
  });

  it.each([
    ['a turned convolution', [3, 3, 4, 5], { ...convolution([3, 3, 4, 5]), turned: true }],
    ['a convolution', [3, 3, 4, 5], convolution([3, 3, 4, 5])],
    ['a matrix with rolled rows', [7, 4], { ...linear([7, 4]), roll: 3 }],
  ] as [string, number[], Layout][])('is undone for %s', (_, shape, layout) => {
    expect(fromTheirs(toTheirs(counted(shape), layout), layout, shape)).toEqual(counted(shape));
  });
});

describe('names', () => {
  const biggan = bigGanPyTorch({ model: 'biggan', network: 'G', resolution: 128, latent: 120 });
  const bigganD = bigGanPyTorch({ model: 'biggan', network: 'D', resolution: 128, latent: 120 });
  const deep = bigGanPyTorch({ model: 'biggan-deep', network: 'G', resolution: 128, latent: 128 });
  const hub = pretrainedBigGan({ stages: 5, attentionStage: 4 });
  const style = styleBasedGanPyTorch({ lrMultiplier: 0.01, resolution: 1024 });
  const style2 = styleGan2PyTorch({ resolution: 64 });
  const nameOf = (convention: Convention, path: string, shape: number[]) =>
    convention.counterpart(path, shape)?.name;
  it.each([
    [biggan, 'params/seed.kernel', [20, 1536], 'linear.weight'],
    [biggan, 'params/embedding.kernel', [1000, 128], 'shared.weight'],
    [biggan, 'params/block1.norm2.offset.kernel', [148, 96], 'blocks.0.0.bn2.bias.weight'],
    [biggan, 'stats/block5.shortcut.u', [1, 96], 'blocks.4.0.conv_sc.u0'],
    [biggan, 'params/attention64.gamma', [], 'blocks.3.1.gamma'],
    [biggan, 'stats/norm.variance', [96], 'output_layer.0.stored_var'],
    [bigganD, 'params/attention64.theta.kernel', [1, 1, 96, 12], 'blocks.0.1.theta.weight'],
    [bigganD, 'params/head.embedding.kernel', [1000, 1536], 'embed.weight'],
    [deep, 'params/stage2b.conv4.bias', [128], 'blocks.3.0.conv4.bias'],
    [style2.mapping, 'params/layer8.kernel', [512, 512], 'style.8.weight'],
    [style2.synthesis, 'params/block4.constant', [4, 4, 512], 'input.input'],
    [style2.synthesis, 'params/block4.conv1.noise.strength', [], 'conv1.noise.weight'],
    [style2.synthesis, 'params/block16.conv2.bias', [512], 'convs.3.activate.bias'],
    [style2.synthesis, 'params/block8.image.style.kernel', [512, 512], 'to_rgbs.0.conv.modulation.weight'],
    [style2.D, 'params/block64.conv2.bias', [512], 'convs.1.conv2.2.bias'],
    [style2.D, 'params/block8.shortcut.kernel', [1, 1, 512, 512], 'convs.4.skip.1.weight'],
    [style2.D, 'params/block4.hidden.kernel', [8192, 512], 'final_linear.0.weight'],
    [style.mapping, 'params/layer8.kernel', [512, 512], 'style.15.linear.weight_orig'],
    [
      style.synthesis,
      'params/block64.conv1.kernel',
      [3, 3, 256, 512],
      'generator.progression.4.conv1.1.conv.weight_orig',
    ],
    [
      style.synthesis,
      'params/block128.conv1.kernel',
      [3, 3, 128, 256],
      'generator.progression.5.conv1.0.weight',
    ],
    [
      style.synthesis,
      'params/block4.layer2.norm.style.bias',
      [1024],
      'generator.progression.0.adain2.style.linear.bias',
    ],
    [style.synthesis, 'params/image8.kernel', [1, 1, 512, 3], 'generator.to_rgb.1.conv.weight_orig'],
    [style.D, 'params/block8.conv2.kernel', [3, 3, 512, 512], 'progression.7.conv2.1.conv.weight_orig'],
    [style.D, 'params/block1024.conv2.kernel', [3, 3, 16, 32], 'progression.0.conv2.1.weight'],
    [style.D, 'params/image1024.bias', [16], 'from_rgb.0.0.conv.bias'],
    [hub, 'params/stage4b.conv4.bias', [128], 'generator.layers.7.conv_3.bias'],
    [hub, 'params/attention64.o.kernel', [1, 1, 128, 256], 'generator.layers.8.snconv1x1_o_conv.weight_orig'],
    [hub, 'params/stage5a.norm1.gain.kernel', [256, 256], 'generator.layers.9.bn_0.scale.weight_orig'],
    [hub, 'params/stage5a.norm1.offset.kernel', [256, 256], 'generator.layers.9.bn_0.offset.weight_orig'],
  ] as [Convention, string, number[], string][])(
    '%# are those of the other program: %s',
    (convention, path, shape, name) => {
      expect(nameOf(convention, path, shape)).toBe(name);
    },
  );
});

describe('importing', () => {
  const convention = bigGanPyTorch({ model: 'biggan', network: 'D', resolution: 32, latent: 1 });
  const shapes = new Map<string, readonly number[]>([
    ['params/head.linear.kernel', [4, 1]],
    ['params/head.linear.bias', [1]],
  ]);
  const ours = new Map([...shapes].map(([path, shape]) => [path, counted(shape)]));

  it('gives back what was exported', () => {
    expect(importWeights(exportWeights(ours, convention), shapes, convention, 'f')).toEqual(ours);
  });

  it('refuses what is missing, misshapen or left over, and says what', () => {
    const theirs = new Map(exportWeights(ours, convention));
    const attempt = (changes: [string, WeightArray | null][]) => () => {
      const changed = new Map(theirs);
      for (const [name, array] of changes) {
        changed.delete(name);
        if (array !== null) changed.set(name, array);
      }
      importWeights(changed, shapes, convention, 'w.pth');
    };
    expect(attempt([['linear.bias', null]])).toThrow(
      /^\[weights\] w\.pth: has no "linear\.bias", which the network's params\/head\.linear\.bias needs/,
    );
    expect(attempt([['linear.weight', counted([1, 5])]])).toThrow(
      /"linear\.weight" is \[1, 5\], the network needs \[1, 4\]/,
    );
    expect(attempt([['extra', counted([1])]])).toThrow(
      /holds 1 tensors that the network has no place for, the first is "extra"/,
    );
  });
});

describe('multiples', () => {
  const { synthesis, mapping } = styleBasedGanPyTorch({ lrMultiplier: 0.01, resolution: 1024 });

  it('are what the other program stores where it multiplies by another constant', () => {
    const strength: Weights = new Map([
      ['params/block8.layer1.noise.strength', { shape: [8], values: new Float32Array(8).fill(3) }],
    ]);
    const [[name, { shape, values }]] = [...exportWeights(strength, synthesis)] as [[string, WeightArray]];
    // It is multiplied there by sqrt(2 / channels).
    expect([name, shape, values[0]! * Math.sqrt(2 / 8)]).toEqual([
      'generator.progression.1.noise1.weight_orig',
      [1, 8, 1, 1],
      3,
    ]);
  });

  it('and offsets are taken back when read', () => {
    const path = 'params/block8.layer2.norm.style.bias';
    const bias: Weights = new Map([[path, { shape: [4], values: Float32Array.of(1, 2, 3, 4) }]]);
    const theirs = exportWeights(bias, synthesis);
    expect([...[...theirs.values()][0]!.values]).toEqual([2, 3, 3, 4]);
    expect([...importWeights(theirs, new Map([[path, [4]]]), synthesis, 'x').get(path)!.values]).toEqual([
      1, 2, 3, 4,
    ]);
    const slow: Weights = new Map([['params/layer1.bias', { shape: [1], values: Float32Array.of(100) }]]);
    expect([...exportWeights(slow, mapping).values()][0]!.values[0]).toBeCloseTo(Math.SQRT2, 6);
  });
});
