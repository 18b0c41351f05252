/** The settings of TensorFlow's context, or of one function call, as a serialised `tensorflow.ConfigProto`. */
import { tensorflow } from './gen/tensorflow.js';

export interface ContextConfig {
  /** Threads inside one op; 0 or absent: one a core. */
  intraOpThreads?: number;
  /** Threads that run ops of one function side by side; 0 or absent: one a core. */
  interOpThreads?: number;
  /** Devices by kind, for example `{ CPU: 2 }` for two logical CPUs or `{ GPU: 0 }` for none. */
  deviceCount?: Record<string, number>;
  /** Lets an op run on another device where its own has no kernel for it. */
  softPlacement?: boolean;
  /** Prints where each op runs. */
  logPlacement?: boolean;
  gpu?: {
    /** Takes memory as needed instead of all of it at the start. */
    growMemory?: boolean;
    /** Share of each GPU's memory, between 0 and 1. */
    memoryFraction?: number;
    /** GPU numbers that this process sees. */
    visible?: readonly number[];
  };
  /**
   * Runs suitable float32 ops of functions in another type: `bfloat16` on CPUs, `float16` on GPUs, `float16-cpu` on
   * CPUs that have instructions for it.
   */
  mixedPrecision?: 'bfloat16' | 'float16' | 'float16-cpu';
  /** Compiles with XLA whatever it has kernels for, in pieces. */
  xlaClusters?: boolean;
  /** `false` turns TensorFlow's graph optimiser off. */
  optimizer?: boolean;
}

/** For `createContext`, and for the attribute `config_proto` of a function call. */
export function configProto(config: ContextConfig = {}): Uint8Array {
  const { gpu } = config;
  const message = new tensorflow.ConfigProto({
    deviceCount: config.deviceCount ?? {},
    intraOpParallelismThreads: config.intraOpThreads ?? 0,
    interOpParallelismThreads: config.interOpThreads ?? 0,
    allowSoftPlacement: config.softPlacement ?? false,
    logDevicePlacement: config.logPlacement ?? false,
  });
  if (gpu) {
    message.gpuOptions = {
      allowGrowth: gpu.growMemory ?? false,
      perProcessGpuMemoryFraction: gpu.memoryFraction ?? 0,
      visibleDeviceList: (gpu.visible ?? []).join(','),
    };
  }
  const { Toggle } = tensorflow.RewriterConfig;
  const toggle = (precision: ContextConfig['mixedPrecision']) =>
    config.mixedPrecision === precision ? Toggle.ON : Toggle.DEFAULT;
  const { GlobalJitLevel } = tensorflow.OptimizerOptions;
  message.graphOptions = {
    optimizerOptions: { globalJitLevel: config.xlaClusters ? GlobalJitLevel.ON_2 : GlobalJitLevel.DEFAULT },
    rewriteOptions: {
      disableMetaOptimizer: config.optimizer === false,
      autoMixedPrecision: toggle('float16'),
      autoMixedPrecisionCpu: toggle('float16-cpu'),
      autoMixedPrecisionOnednnBfloat16: toggle('bfloat16'),
    },
  };
  return tensorflow.ConfigProto.encode(message).finish();
}
