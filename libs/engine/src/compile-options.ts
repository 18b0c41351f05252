/** What a user chooses about how a function is compiled. */

export const precisions = ['float32', 'bfloat16', 'float16'] as const;
export type Precision = (typeof precisions)[number];

export interface CompileOptions {
  /**
   * Compile with XLA: the whole function, or in `clusters` whatever XLA has kernels for, which leaves exchanges with other ranks
   * between them. On CPUs faster for small networks and slower for large convolutions; not the bits of the eager step.
   */
  readonly xla?: boolean | 'clusters' | undefined;
  /** What matrix products, convolutions and what lies between them are computed in. Default `float32`. */
  readonly precision?: Precision | undefined;
}
