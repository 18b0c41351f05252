/** The parts that exist once per process after `startEngine`: the addon, the op definitions and the tfjs backend. */
import type { ContextConfig, NativeBinding } from '@kiln/tensorflow';
import type { KilnBackend } from './backend.ts';
import { EngineError } from './errors.ts';
import type { OpTable } from './op-table.ts';

export interface Runtime {
  readonly binding: NativeBinding;
  /** What TensorFlow's context was made with. */
  readonly context: ContextConfig;
  readonly ops: OpTable;
  readonly backend: KilnBackend;
}

let current: Runtime | null = null;

export function setRuntime(runtime: Runtime): void {
  current = runtime;
}

export function runtime(): Runtime {
  if (current === null) throw new EngineError('not-started', 'call startEngine() before using a tensor');
  return current;
}
