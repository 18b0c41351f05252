/** How TensorFlow is to run a compiled function: the attributes of its call. */
import { attr, configProto, type OpAttr } from '@kiln/tensorflow';
import { isRewritten, mixedPrecision, type Precision } from './precision.ts';

export interface CompileOptions {
  /** Compile with XLA. On CPUs faster for small networks and slower for large convolutions; not the bits of the eager step. */
  readonly xla?: boolean | undefined;
  /** What matrix products, convolutions and what lies between them are computed in. Default `float32`. */
  readonly precision?: Precision | undefined;
}

export function callAttributes(options: CompileOptions): OpAttr[] {
  const { xla = false, precision = 'float32' } = options;
  const attrs: OpAttr[] = [];
  if (xla) attrs.push({ name: '_XlaMustCompile', proto: attr.bool(true) });
  if (precision !== 'float32' && isRewritten(options)) {
    const config = configProto(mixedPrecision(precision));
    attrs.push({ name: 'config_proto', proto: attr.string(config) });
  }
  return attrs;
}
