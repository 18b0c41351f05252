/** The tfjs backend: tfjs-node's kernels above, our addon below, and between them the switch from executing to tracing. */
import * as tf from '@tensorflow/tfjs-core';
import type { EdgeMetadata, NativeBinding, OpAttr, TensorMetadata } from '@kiln/tensorflow';
import { dtypeOf, labelOf, labelledValues, readByCast } from './dtypes.ts';
import { EngineError, userLocation } from './errors.ts';
import { loadBackendClass } from './kernel-layer.ts';
import type { OpTable } from './op-table.ts';
import { activeTrace, refuseLater } from './active-trace.ts';
import type { AddOptions, HostValues, Trace } from './trace.ts';

/** Where a tensor's data are: in JavaScript (`values`), in TensorFlow (`id`), or nowhere yet (`symbol`). */
export interface TensorRecord {
  shape: number[];
  /** TensorFlow's dtype, which may be one that tfjs does not know. */
  dtype: number;
  values: HostValues | null;
  id: number;
  refCount: number;
  symbol?: { trace: Trace; edge: EdgeMetadata };
}

type DataRef = Pick<tf.TensorInfo, 'dataId'>;

/** What the rest of the engine uses of the backend. */
export interface KilnBackend extends tf.KernelBackend {
  record(tensor: DataRef): TensorRecord;
  /** Null when the rank is unknown, which a tfjs tensor cannot say; an unknown dimension is -1. */
  shapeOf(tensor: tf.Tensor): number[] | null;
  /** The handle of a tensor, uploaded if it was still in JavaScript. Refuses symbolic tensors. */
  handle(tensor: DataRef): number;
  /** The edge of a tensor in a trace: its own symbol, a constant, or a captured argument. */
  edge(trace: Trace, tensor: DataRef): number;
  fromHandle(metadata: TensorMetadata): tf.Tensor;
  fromEdge(trace: Trace, edge: EdgeMetadata): tf.Tensor;
  /** Executes an op, or adds it to the active trace. */
  run(
    op: string,
    inputs: readonly (tf.Tensor | readonly tf.Tensor[])[],
    attrs: OpAttr[],
    options?: AddOptions,
  ): tf.Tensor[];
}

interface StockBackend extends tf.KernelBackend {
  tensorMap: {
    has(dataId: object): boolean;
    get(dataId: object): TensorRecord;
    set(dataId: object, record: TensorRecord): void;
  };
}

/** A limit for TensorFlow, which then says how many outputs an op has. */
const maxOutputs = 1024;

function outsideItsTrace(): EngineError {
  return new EngineError(
    'tensor-of-another-trace',
    'a tensor made while tracing one function is used outside it; return it, or pass it in as an argument',
    { where: userLocation() },
  );
}

function readRefused(): EngineError {
  return new EngineError(
    'value-read-while-tracing',
    'a tensor is read while tracing, when nothing has a value yet; return it as an output and read that',
    { where: userLocation() },
  );
}

function useAfterDispose(): EngineError {
  return new EngineError(
    'disposed',
    'a disposed tensor is used; what tidy() or valueAndGrad() should let live must be returned from it',
    { where: userLocation() },
  );
}

export function createBackend(binding: NativeBinding, ops: OpTable): KilnBackend {
  const Base = loadBackendClass() as unknown as new (
    binding: NativeBinding,
    packageName: string,
  ) => StockBackend;

  class Backend extends Base implements KilnBackend {
    record(tensor: DataRef): TensorRecord {
      if (!this.tensorMap.has(tensor.dataId) && !tf.engine().state.tensorInfo.has(tensor.dataId))
        throw useAfterDispose();
      return this.tensorMap.get(tensor.dataId);
    }

    shapeOf(tensor: tf.Tensor): number[] | null {
      // A reshape without an op, as clone() and the like do, leaves the record with the first shape.
      return this.record(tensor).symbol?.edge.shape === null ? null : tensor.shape;
    }

    handle(tensor: DataRef): number {
      const record = this.record(tensor);
      if (record.symbol !== undefined) throw outsideItsTrace();
      if (record.values !== null) {
        record.id = binding.createTensor(record.shape, record.dtype, record.values as ArrayBufferView);
        record.values = null;
      }
      return record.id;
    }

    edge(trace: Trace, tensor: DataRef): number {
      const record = this.record(tensor);
      if (record.symbol?.trace === trace) return record.symbol.edge.edge;
      if (record.symbol !== undefined) throw outsideItsTrace();
      // Host values stay where they are: the same tensor may be used eagerly after the trace.
      if (record.values !== null) return trace.constant(record, record.values, record.shape, record.dtype);
      return trace.capture(tensor.dataId, record);
    }

    fromHandle(metadata: TensorMetadata): tf.Tensor {
      return this.#adopt({ ...metadata, values: null, refCount: 1 });
    }

    fromEdge(trace: Trace, edge: EdgeMetadata): tf.Tensor {
      const { dtype, shape } = edge;
      return this.#adopt({
        shape: shape ?? [],
        dtype,
        values: null,
        id: -1,
        refCount: 1,
        symbol: { trace, edge },
      });
    }

    #adopt(record: TensorRecord): tf.Tensor {
      const dataId = {};
      this.tensorMap.set(dataId, record);
      return tf
        .engine()
        .makeTensorFromTensorInfo({ dataId, shape: record.shape, dtype: labelOf(record.dtype) });
    }

    run(
      op: string,
      inputs: readonly (tf.Tensor | readonly tf.Tensor[])[],
      attrs: OpAttr[],
      options?: AddOptions,
    ): tf.Tensor[] {
      const trace = activeTrace();
      const resolve = (tensor: DataRef) => (trace === null ? this.handle(tensor) : this.edge(trace, tensor));
      const resolved = inputs.map((input) =>
        input instanceof tf.Tensor ? resolve(input) : input.map(resolve),
      );
      if (trace !== null)
        return trace.add(op, resolved, attrs, options).map((output) => this.fromEdge(trace, output));
      return binding.executeOp(op, attrs, resolved, maxOutputs).map((output) => this.fromHandle(output));
    }

    // Below: what tfjs and the kernels call, under tfjs-node's names.

    executeSingleOutput(op: string, attrs: OpAttr[], inputs: tf.TensorInfo[]): tf.Tensor {
      return this.executeMultipleOutputs(op, attrs, inputs, 1)[0] as tf.Tensor;
    }

    executeMultipleOutputs(
      op: string,
      attrs: OpAttr[],
      inputs: tf.TensorInfo[],
      numOutputs: number,
    ): tf.Tensor[] {
      const trace = activeTrace();
      const info = ops.get(op);
      const known = attrs.filter((attr) => info.takes(attr.name));
      if (trace === null) {
        const handles = info.group(
          inputs.map((input) => this.handle(input)),
          attrs,
        );
        return binding.executeOp(op, known, handles, numOutputs).map((output) => this.fromHandle(output));
      }
      const edges = info.group(
        inputs.map((input) => this.edge(trace, input)),
        attrs,
      );
      const outputs = trace.add(op, edges, known);
      for (const { shape } of outputs) trace.checkShape(`the result of ${op}`, shape);
      return outputs.map((output) => this.fromEdge(trace, output));
    }

    override readSync(dataId: object): tf.backend_util.BackendValues {
      const record = this.record({ dataId });
      if (record.values !== null) return record.values as tf.backend_util.BackendValues;
      if (activeTrace() !== null) throw readRefused();
      return this.#withReadable({ dataId }, (id, dtype) => labelledValues(dtype, binding.tensorDataSync(id)));
    }

    /** Calls `read` with a handle whose values JavaScript can hold. */
    #withReadable<T>(tensor: DataRef, read: (id: number, dtype: number) => T): T {
      const { dtype } = this.record(tensor);
      const id = this.handle(tensor);
      if (!readByCast.has(dtype)) return read(id, dtype);
      const float = dtypeOf('float32');
      const [cast] = binding.executeOp(
        'Cast',
        [{ name: 'DstT', type: binding.TF_ATTR_TYPE, value: float }],
        [id],
        1,
      );
      if (cast === undefined) throw new EngineError('op-refused', 'a cast to float32 has no result');
      try {
        return read(cast.id, float);
      } finally {
        // A read in flight holds the data itself.
        binding.deleteTensor(cast.id);
      }
    }

    override read(dataId: object): Promise<tf.backend_util.BackendValues> {
      const record = this.record({ dataId });
      if (record.values !== null) return Promise.resolve(record.values as tf.backend_util.BackendValues);
      const trace = activeTrace();
      if (trace !== null) return refuseLater(trace, readRefused());
      return this.#withReadable({ dataId }, async (id, dtype) =>
        labelledValues(dtype, await binding.tensorData(id)),
      );
    }

    override memory(): { unreliable: boolean } {
      return { unreliable: false };
    }
  }

  return new Backend(binding, '@tensorflow/tfjs-node-gpu');
}
