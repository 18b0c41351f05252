/** CUDA's libraries as set-up installs them beside TensorFlow's build for GPUs, opened before TensorFlow looks for them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TensorFlowError } from './error.ts';
import { native } from './load.ts';

const installed = fileURLToPath(new URL('../../../.kiln/tensorflow/2.21.0-gpu/nvidia', import.meta.url));

/** cuDNN opens its own parts, from beside itself. */
const isPart = (name: string): boolean => name.startsWith('libcudnn_') || name.includes('.alt.');

function librariesIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name, 'lib'))
    .filter((lib) => existsSync(lib))
    .flatMap((lib) =>
      readdirSync(lib)
        .filter((name) => /\.so(\.\d+)+$/.test(name) && !isPart(name))
        .map((name) => join(lib, name)),
    );
}

/**
 * Returns how many were opened: 0 where set-up has installed none, as on machines that have CUDA of their own. Libraries need
 * each other in no order that their names tell, so those that fail are tried again after the others. Throws
 * `TensorFlowError` with the first reason when no further one opens.
 */
export function loadGpuLibraries(folder = installed): number {
  if (!existsSync(folder)) return 0;
  const binding = native();
  let waiting = librariesIn(folder);
  let opened = 0;
  while (waiting.length > 0) {
    let reason: unknown;
    const failed = waiting.filter((path) => {
      try {
        binding.loadLibrary(path);
        opened += 1;
        return false;
      } catch (error) {
        if (!(error instanceof TensorFlowError)) throw error;
        reason ??= error;
        return true;
      }
    });
    if (failed.length === waiting.length) throw reason;
    waiting = failed;
  }
  // Where XLA finds its assembler and device library. Read when it first compiles.
  process.env['XLA_FLAGS'] ??= `--xla_gpu_cuda_data_dir=${join(folder, 'cuda_nvcc')}`;
  return opened;
}
