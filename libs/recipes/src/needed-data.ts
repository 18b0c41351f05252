/** What published presets are for. */
import type { DataInfo } from './recipe.ts';

interface Needed {
  readonly needs: string;
  readonly expects: DataInfo;
}

export const cifar10: Needed = {
  needs: 'CIFAR-10 in its binary version',
  expects: { numExamples: 50_000, imageShape: [32, 32, 3], numClasses: 10 },
};

export const imageNet = (side: number): Needed => ({
  needs: `ImageNet's 1,281,167 training images at ${side}x${side}, one folder a class, packed with \`kiln dataset pack\``,
  expects: { numExamples: 1_281_167, imageShape: [side, side, 3], numClasses: 1000 },
});

export const ffhq = (side: number): Needed => ({
  needs: `the 70,000 images of FFHQ at ${side}x${side}`,
  expects: { numExamples: 70_000, imageShape: [side, side, 3], numClasses: 0 },
});
