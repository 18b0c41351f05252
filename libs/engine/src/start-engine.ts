/** Starts TensorFlow in this process and makes it tfjs's backend. */
import * as tf from '@tensorflow/tfjs-core';
import {
  configProto,
  type ContextConfig,
  loadGpuLibraries,
  native,
  type NativeBinding,
  TensorFlowError,
} from '@kiln/tensorflow';
import { createBackend } from './backend.ts';
import { EngineError } from './errors.ts';
import { registerGradients } from './gradients/index.ts';
import { backendName, registerStockKernels } from './kernel-layer.ts';
import { registerKernels } from './kernels/index.ts';
import { OpTable } from './op-table.ts';
import { setRuntime } from './runtime.ts';

export interface EngineOptions {
  /** Threads inside one op; default one a core. */
  intraOpThreads?: number;
  /** Ops that run side by side; default one a core. */
  interOpThreads?: number;
  /** 'cpu', or 'gpu:N' ('gpu' is the first) for one GPU, the only one that this process will then touch. Default 'cpu'. */
  device?: string;
}

function contextConfig({ intraOpThreads, interOpThreads, device = 'cpu' }: EngineOptions): ContextConfig {
  const gpu = /^gpu(?::(\d+))?$/
    .exec(device)
    ?.slice(1)
    .map((number = '0') => number)[0];
  if (device !== 'cpu' && gpu === undefined) {
    throw new EngineError('unknown-device', `device must be 'cpu', 'gpu' or 'gpu:N', got '${device}'`);
  }
  return {
    ...(intraOpThreads === undefined ? {} : { intraOpThreads }),
    ...(interOpThreads === undefined ? {} : { interOpThreads }),
    ...(gpu === undefined
      ? { deviceCount: { GPU: 0 } }
      : { softPlacement: true, gpu: { visible: [Number(gpu)], growMemory: true } }),
  };
}

let started: string | null = null;

function startOnGpu(binding: NativeBinding, config: ContextConfig, device: string): void {
  const refuse = (found: string, cause?: unknown): never => {
    throw new EngineError(
      'unknown-device',
      `device '${device}' was asked for, ${found}; kiln doctor says what this machine has, docs/gpu.md how to set it up`,
      { cause },
    );
  };
  // A resumed run ends with the same bits. Read when the first op asks for it; whoever has set it has decided.
  process.env['TF_DETERMINISTIC_OPS'] ??= '1';
  try {
    loadGpuLibraries();
    binding.createContext(configProto(config));
  } catch (cause) {
    if (!(cause instanceof TensorFlowError)) throw cause;
    refuse(`which TensorFlow cannot use (${cause.detail})`, cause);
  }
  if (binding.isUsingGpuDevice()) return;
  const found = binding.devices().map(({ name }) => name.replace(/^.*device:/, ''));
  refuse(`TensorFlow sees only ${found.join(', ')}`);
}

/** Idempotent. A second call must ask for the same options, or for none. */
export function startEngine(options: EngineOptions = {}): void {
  const config = contextConfig(options);
  const asked = JSON.stringify(config);
  if (started !== null) {
    if (asked === started || Object.keys(options).length === 0) return;
    throw new EngineError(
      'already-started',
      `the engine runs with ${started}, a second startEngine() asked for ${asked}`,
    );
  }
  const binding = native();
  if (config.gpu === undefined) binding.createContext(configProto(config));
  else startOnGpu(binding, config, options.device ?? '');
  const ops = new OpTable();
  const backend = createBackend(binding, ops);
  tf.registerBackend(backendName, () => backend, 100);
  registerStockKernels();
  void tf.setBackend(backendName);
  setRuntime({ binding, context: config, ops, backend });
  registerKernels();
  registerGradients();
  started = asked;
}
