/** The residual networks of WGAN-GP (Gulrajani, Ahmed, Arjovsky, Dumoulin and Courville, 2017). */
export { wganGpDefaults, type WganGpConfig } from './config.ts';
export { wganGpCritic } from './critic.ts';
export { wganGpGenerator } from './generator.ts';
