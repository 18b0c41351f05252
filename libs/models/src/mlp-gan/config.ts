/** The sizes of the fully connected GAN. */

export interface MlpGanConfig {
  readonly resolution: number;
  readonly channels: number;
  /** Length of z. */
  readonly latent: number;
  /** Units of each hidden layer. */
  readonly width: number;
  /** Linear pieces of each maxout unit of the discriminator. */
  readonly pieces: number;
}
