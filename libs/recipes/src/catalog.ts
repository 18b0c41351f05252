/** All recipes by name. Adding one is a file beside these and a row here. */
import { digitsCgan } from './dcgan/digits-cgan.ts';
import { digitsDcgan } from './dcgan/digits-dcgan.ts';
import { smoke } from './dcgan/smoke.ts';
import { digitsGan } from './mlp-gan/digits-gan.ts';
import { proganDigits } from './progan/progan-digits.ts';
import type { Recipe } from './recipe.ts';

export const recipes = {
  'digits-dcgan': digitsDcgan as Recipe,
  'digits-cgan': digitsCgan as Recipe,
  'digits-gan': digitsGan as Recipe,
  'progan-digits': proganDigits as Recipe,
  smoke: smoke as Recipe,
} satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof recipes;
