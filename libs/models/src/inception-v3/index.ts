/** Inception-v3, whose features FID and KID are published in. */
export {
  inceptionV3Features,
  inceptionV3Side,
  inceptionV3Variants,
  type InceptionV3Config,
  type InceptionV3Variant,
} from './config.ts';
export { inceptionV3 } from './network.ts';
