/** How TensorFlow is to run a compiled function: the attributes of its call. */
import { attr, configProto, type ContextConfig, type OpAttr } from '@kiln/tensorflow';
import type { CompileOptions } from './compile-options.ts';
import { isRewritten, mixedPrecision } from './precision.ts';

/** How TensorFlow is to change the graph of a function, or of a session that runs the same graph. */
export function graphConfig(options: CompileOptions): ContextConfig {
  const { xla, precision = 'float32' } = options;
  return {
    ...(precision !== 'float32' && isRewritten(options) ? mixedPrecision(precision) : {}),
    ...(xla === 'clusters' ? { xlaClusters: true } : {}),
  };
}

export function callAttributes(options: CompileOptions): OpAttr[] {
  const attrs: OpAttr[] = [];
  if (options.xla === true) attrs.push({ name: '_XlaMustCompile', proto: attr.bool(true) });
  const config = graphConfig(options);
  if (Object.keys(config).length > 0)
    attrs.push({ name: 'config_proto', proto: attr.string(configProto(config)) });
  return attrs;
}
