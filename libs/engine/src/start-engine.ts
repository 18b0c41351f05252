/** Starts TensorFlow in this process and makes it tfjs's backend. */
import * as tf from '@tensorflow/tfjs-core';
import { configProto, type ContextConfig, native } from '@kiln/tensorflow';
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
  /** 'cpu', or 'gpu:N' for one GPU, the only one that this process will then touch. Default 'cpu'. */
  device?: string;
}

function contextConfig({ intraOpThreads, interOpThreads, device = 'cpu' }: EngineOptions): ContextConfig {
  const gpu = /^gpu:(\d+)$/.exec(device)?.[1];
  if (device !== 'cpu' && gpu === undefined) {
    throw new EngineError('unknown-device', `device must be 'cpu' or 'gpu:N', got '${device}'`);
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
  binding.createContext(configProto(config));
  if (options.device?.startsWith('gpu:') && !binding.isUsingGpuDevice()) {
    const found = binding.devices().map(({ name }) => name);
    throw new EngineError(
      'unknown-device',
      `device '${options.device}' was asked for, TensorFlow sees only ${found.join(', ')}`,
    );
  }
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
