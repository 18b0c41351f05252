/** The sizes of a DCGAN and what must hold between them. */

export interface DcganConfig {
  /** Side of the square images, pixels. */
  readonly resolution: number;
  /** Image channels: 1 grey, 3 colour. */
  readonly channels: number;
  /** Length of z. */
  readonly latent: number;
  /** Filters of the layer next to the image; they double with each halving of the resolution. */
  readonly width: number;
  /** Number of stride-2 layers between the image and the smallest map. */
  readonly stages: number;
  /** Side of the convolution kernels. */
  readonly kernelSize: number;
  /** 0 for an unconditional game. */
  readonly numClasses: number;
}

/** Side of the smallest map. */
export function smallestSide({ resolution, stages }: DcganConfig): number {
  const side = resolution / 2 ** stages;
  if (!Number.isInteger(side) || side < 1)
    throw new RangeError(
      `a DCGAN with ${stages} stages needs a resolution divisible by ${2 ** stages}, got ${resolution}; set "stages" to a smaller number`,
    );
  return side;
}
