/** How TensorFlow is to run a compiled function: the attributes of its call. */
import { attr, configProto, type OpAttr } from '@kiln/tensorflow';
import { mixedPrecision, type Precision } from './precision.ts';

export interface CompileOptions {
  /** Compile with XLA. Faster on GPUs; on CPUs slower for convolutions, and not the bits of the eager step. */
  readonly xla?: boolean | undefined;
  /** What matrix products, convolutions and what lies between them are computed in. Default `float32`. */
  readonly precision?: Precision | undefined;
}

export function callAttributes({ xla = false, precision = 'float32' }: CompileOptions): OpAttr[] {
  const attrs: OpAttr[] = [];
  if (xla) attrs.push({ name: '_XlaMustCompile', proto: attr.bool(true) });
  if (precision !== 'float32') {
    const config = configProto(mixedPrecision(precision));
    attrs.push({ name: 'config_proto', proto: attr.string(config) });
  }
  return attrs;
}
