/** Every op whose gradients are checked, in groups; tables of data, read by the test and by the table for docs. */
import type { GradientCase } from './check.ts';
import { activationCases } from './cases-activations.ts';
import { convolutionCases } from './cases-convolution.ts';
import { elementwiseCases } from './cases-elementwise.ts';
import { imageCases } from './cases-images.ts';
import { modelCases } from './cases-models.ts';
import { reductionCases } from './cases-reductions.ts';
import { shapingCases } from './cases-shaping.ts';

export const groups = {
  'Convolutions and products': convolutionCases,
  Activations: activationCases,
  'Pooling, resizing and sampling': imageCases,
  'Reductions and normalisation': reductionCases,
  'Moving and selecting elements': shapingCases,
  'Element-wise arithmetic': elementwiseCases,
  'As models use them': modelCases,
} satisfies Record<string, GradientCase[]>;

export const allCases: GradientCase[] = Object.values(groups).flat();
