/**
 * Mixed precision by TensorFlow's graph rewriter: it casts the inputs of matrix products and convolutions to a 16-bit
 * type and keeps activations, batch normalisation (not its statistics) and pooling between them in it. State stays
 * float32, and so do, by the lists below, whatever sums up and all other arithmetic, the optimiser's included.
 */
import { type ContextConfig, DataType } from '@kiln/tensorflow';
import type { CompileOptions, Precision } from './compile-options.ts';
import { runtime } from './runtime.ts';

/**
 * Ops that the rewriter would also run in 16 bits next to a product. A sum of many terms needs more than 8 or 11 bits
 * of mantissa, and so does an update that is far smaller than what it changes.
 */
const keptInFloat32 =
  'Sum,Mean,Prod,BiasAddGrad,Square,SquaredDifference,Sqrt,Rsqrt,RealDiv,Add,AddN,AddV2,Sub,Mul,FloorDiv,Inv,Reciprocal,' +
  'Log,Log1p,Digamma,Lgamma,Softmax,LogSoftmax,Softplus,SoftplusGrad,Erf,Erfc';

const rewriter = 'TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE';

/**
 * The type that a step's products are cast to while it is traced, where the rewriter does not reach: XLA takes the graph as it
 * is, and there is no rewriter to bfloat16 for GPUs. Null where nothing is to be cast.
 */
export function castType({ xla = false, precision = 'float32' }: CompileOptions): number | null {
  if (precision === 'float32' || isRewritten({ xla, precision })) return null;
  return precision === 'bfloat16' ? DataType.bfloat16 : DataType.half;
}

export function isRewritten({ xla = false, precision = 'float32' }: CompileOptions): boolean {
  if (precision === 'float32' || xla === true) return false;
  return precision === 'float16' || !runtime().binding.isUsingGpuDevice();
}

/** The configuration of a call that the rewriter reads. It reads its lists from the environment. */
export function mixedPrecision(precision: Exclude<Precision, 'float32'>): ContextConfig {
  process.env[`${rewriter}_INFERLIST_REMOVE`] ??= keptInFloat32;
  // Otherwise float16 on CPUs is only acted: cast and cast back around float32 ops.
  process.env[`${rewriter}_EMULATE_FP16`] ??= '0';
  const onGpu = runtime().binding.isUsingGpuDevice();
  return { mixedPrecision: precision === 'float16' && !onGpu ? 'float16-cpu' : precision };
}
