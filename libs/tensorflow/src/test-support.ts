/** What the tests of this lib share: the started binding and short ways to make tensors, attributes and children. */
import { spawn } from 'node:child_process';
import { attr } from './attr.ts';
import { configProto } from './config-proto.ts';
import { DataType } from './data-type.ts';
import { TensorFlowError } from './error.ts';
import { native } from './load.ts';
import type { NativeBinding, ProtoAttr } from './native.ts';

let started: NativeBinding | undefined;

/** The binding with a context of two logical CPUs and one thread for each kind of work. */
export function start(): NativeBinding {
  if (started) return started;
  started = native();
  started.createContext(configProto({ intraOpThreads: 1, interOpThreads: 1, deviceCount: { CPU: 2 } }));
  return started;
}

export function protos(attrs: Record<string, Uint8Array>): ProtoAttr[] {
  return Object.entries(attrs).map(([name, proto]) => ({ name, proto }));
}

export function float(shape: number[], values: number[]): number {
  return native().createTensor(shape, DataType.float, Float32Array.from(values));
}

export function int(value: number): number {
  return native().createTensor([], DataType.int32, Int32Array.of(value));
}

export function int64(value: number): number {
  return native().createTensor([], DataType.int64, BigInt64Array.of(BigInt(value)));
}

/** The id of a call's only output. */
export function only(outputs: { id: number }[]): number {
  const [output, ...others] = outputs;
  if (output === undefined || others.length > 0)
    throw new Error(`expected one output, got ${outputs.length}`);
  return output.id;
}

export function values(id: number): number[] {
  return Array.from(native().tensorDataSync(id) as Float32Array | BigInt64Array, Number);
}

/** The error that an action throws or its promise is rejected with. */
export async function failure(action: () => unknown): Promise<TensorFlowError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof TensorFlowError) return error;
    throw error;
  }
  throw new Error('expected a TensorFlowError, got none');
}

export const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Runs a program of TypeScript in a process of its own; in it, `tf` is this lib. */
export function runProgram(
  program: string,
): Promise<{ code: number | null; signal: string | null; output: string }> {
  const index = JSON.stringify(new URL('./index.ts', import.meta.url).href);
  const support = JSON.stringify(new URL('./test-support.ts', import.meta.url).href);
  const source = `import * as tf from ${index}; import * as support from ${support};\n${program}`;
  const flags = ['--conditions=@kiln/source', '--input-type=module-typescript', '--eval', source];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((done) =>
    child.on('close', (code, signal) => done({ code, signal, output: withoutLibraryLog(output) })),
  );
}

/** TensorFlow announces oneDNN while it is being loaded, before any log level counts. */
function withoutLibraryLog(output: string): string {
  const announced = /absl::InitializeLog|oneDNN custom operations/;
  return output
    .split('\n')
    .filter((line) => !announced.test(line))
    .join('\n')
    .trim();
}

/** A queue of float scalars: taking from it blocks until something is put in. */
export function makeQueue(name: string) {
  const binding = native();
  const types = attr.typeList([DataType.float]);
  const id = only(
    binding.executeOp(
      'FIFOQueueV2',
      protos({ component_types: types, shared_name: attr.string(name) }),
      [],
      1,
    ),
  );
  return {
    id,
    take: (options?: Parameters<NativeBinding['executeOpAsync']>[4]) =>
      binding.executeOpAsync('QueueDequeueV2', protos({ component_types: types }), [id], 1, options),
    put: (value: number) => {
      const tensor = float([], [value]);
      binding.executeOp('QueueEnqueueV2', [], [id, [tensor]], 0);
      binding.deleteTensor(tensor);
    },
  };
}
