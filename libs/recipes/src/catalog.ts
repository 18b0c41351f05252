/** All recipes by name. Adding one is a file beside these and a row here. */
import {
  bigGan128,
  bigGan256,
  bigGan32,
  bigGan512,
  bigGanDeep128,
  bigGanDeep256,
  bigGanDeep512,
  bigGanDigits,
  bigGanShapes32,
} from './biggan/presets.ts';
import { digitsCgan } from './dcgan/digits-cgan.ts';
import { digitsDcgan } from './dcgan/digits-dcgan.ts';
import { smoke } from './dcgan/smoke.ts';
import { digitsGan } from './mlp-gan/digits-gan.ts';
import { proganCelebahq1024 } from './progan/progan-celebahq-1024.ts';
import { proganDigits } from './progan/progan-digits.ts';
import type { Recipe } from './recipe.ts';
import { saGan128, saGanShapes32 } from './residual/sagan.ts';
import { snGan128, snGan32, snGan64, snGanDigits } from './residual/sngan.ts';
import { wganGp32, wganGp64, wganGpDigits } from './residual/wgan-gp.ts';
import { styleganDigits, styleganFfhq1024 } from './stylegan/presets.ts';
import { styleGan2Digits, styleGan2Ffhq1024, styleGan2Ffhq256 } from './stylegan2/presets.ts';

export const recipes = {
  'digits-dcgan': digitsDcgan as Recipe,
  'digits-cgan': digitsCgan as Recipe,
  'digits-gan': digitsGan as Recipe,
  'progan-digits': proganDigits as Recipe,
  'progan-celebahq-1024': proganCelebahq1024 as Recipe,
  'stylegan-digits': styleganDigits as Recipe,
  'stylegan-ffhq-1024': styleganFfhq1024 as Recipe,
  'stylegan2-digits': styleGan2Digits as Recipe,
  'stylegan2-ffhq-256': styleGan2Ffhq256 as Recipe,
  'stylegan2-ffhq-1024': styleGan2Ffhq1024 as Recipe,
  smoke: smoke as Recipe,
  'biggan-digits': bigGanDigits as Recipe,
  'biggan-shapes32': bigGanShapes32 as Recipe,
  'biggan-32': bigGan32 as Recipe,
  'biggan-128': bigGan128,
  'biggan-256': bigGan256,
  'biggan-512': bigGan512,
  'biggan-deep-128': bigGanDeep128,
  'biggan-deep-256': bigGanDeep256,
  'biggan-deep-512': bigGanDeep512,
  'sngan-digits': snGanDigits as Recipe,
  'sngan-32': snGan32 as Recipe,
  'sngan-64': snGan64 as Recipe,
  'sngan-128': snGan128 as Recipe,
  'sagan-shapes32': saGanShapes32 as Recipe,
  'sagan-128': saGan128 as Recipe,
  'wgan-gp-digits': wganGpDigits as Recipe,
  'wgan-gp-32': wganGp32 as Recipe,
  'wgan-gp-64': wganGp64 as Recipe,
} satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof recipes;
