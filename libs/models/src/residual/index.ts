/** Residual blocks and the networks of them that several families share. */
export { residualDiscriminator, type ResidualDiscriminator } from './discriminator.ts';
export { residualGenerator, type ResidualGenerator } from './generator.ts';
export { discriminatorWidths, generatorWidths, layoutFor } from './layouts.ts';
