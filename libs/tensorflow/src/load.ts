/** Loads the addon, once in a process. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { TensorFlowError, TensorFlowNotFound } from './error.ts';
import type { NativeBinding } from './native.ts';

let loaded: NativeBinding | undefined;

/**
 * The addon on TensorFlow's C library. It has no context until `createContext`.
 * Throws `TensorFlowNotFound` where setup has not run, or in a second thread of the process.
 */
export function native(): NativeBinding {
  loaded ??= load();
  return loaded;
}

function load(): NativeBinding {
  const file = fileURLToPath(new URL('../build/kiln.node', import.meta.url));
  if (!existsSync(file))
    throw new TensorFlowNotFound(`the addon ${file} is not built; run \`npm run setup\``);
  // TensorFlow's own log: errors only, since everything that fails is reported through a TensorFlowError.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // On by itself only with AVX-512 VNNI, yet up to ten times faster without it too. Read when the library loads.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  // Lets XLA have pieces of functions on CPUs too, where that is asked for. Read when it first looks for them.
  process.env['TF_XLA_FLAGS'] ??= '--tf_xla_cpu_global_jit';
  try {
    const addon = createRequire(import.meta.url)(file) as NativeBinding & {
      setErrorClass(errorClass: typeof TensorFlowError): void;
      prepareExit(): void;
    };
    addon.setErrorClass(TensorFlowError);
    process.once('exit', () => addon.prepareExit());
    return addon;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = reason.includes('already loaded') ? '' : '; run `npm run setup`';
    throw new TensorFlowNotFound(
      `cannot load the addon ${file}: ${reason.replace('[tensorflow] ', '')}${advice}`,
      {
        cause,
      },
    );
  }
}
