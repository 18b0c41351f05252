/**
 * What the addon (libs/tensorflow/native) offers JavaScript. It is a superset of the interface that
 * tfjs-node's kernel layer expects, so that layer runs on it unchanged.
 *
 * A tensor is an id that owns a TensorFlow handle until `deleteTensor`. An edge is an index into the outputs
 * made so far in one graph. Every failure is a `TensorFlowError`.
 */

/** An op attribute as tfjs's kernels pass it: `type` is one of the `TF_ATTR_*` constants. */
export interface TypedAttr {
  name: string;
  type: number;
  value: boolean | number | string | object | number[];
}

/** An op attribute given as a serialised `tensorflow.AttrValue`: reaches every attribute kind. */
export interface ProtoAttr {
  name: string;
  proto: Uint8Array;
}

export type OpAttr = TypedAttr | ProtoAttr;

export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** `shape` is null when the rank is unknown; an unknown dimension is -1. */
export interface EdgeMetadata {
  edge: number;
  shape: number[] | null;
  dtype: number;
}

export interface GraphOp {
  op: string;
  name: string;
  device?: string;
  /** One entry an op argument; a list argument is an array of edges. */
  inputs: (number | number[])[];
  attrs: OpAttr[];
  /** Node ids that must run before. */
  controls?: number[];
}

export interface GraphNode {
  /** Identifies the node as a control input or output. */
  node: number;
  name: string;
  outputs: EdgeMetadata[];
}

export interface FunctionSpec {
  name: string;
  inputs: number[];
  outputs: number[];
  outputNames?: string[];
  controlOutputs?: number[];
}

export interface ExecuteOptions {
  /** TensorFlow device name, for example `/CPU:0`. */
  device?: string;
  /** From `newCancellation`. */
  cancellation?: number;
  /** Which execution thread runs the op; calls in one lane keep their order. Default `compute`. */
  lane?: 'compute' | 'input';
}

export interface SessionSpec {
  /** Serialised `GraphDef`. */
  graphDef: Uint8Array;
  /** Serialised `ConfigProto`. */
  config: Uint8Array;
  /** Names of placeholders. */
  inputs: string[];
  /** `node` or `node:output`. */
  outputs: string[];
  /** Nodes that must run though nothing of them is returned. */
  targets: string[];
}

export interface NativeStats {
  tensors: number;
  graphs: number;
  functions: number;
  cancellations: number;
  sessions: number;
  /** Asynchronous calls whose promise is not settled. */
  pending: number;
}

export interface NativeBinding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_COMPLEX64: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_UINT8: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_ATTR_RESOURCE: number;
  readonly TF_Version: string;

  /** Starts the process's one context from a serialised `tensorflow.ConfigProto`. Throws when called twice. */
  createContext(config: Uint8Array): void;
  devices(): { name: string; type: string }[];
  /** Opens a shared library for the whole process, for TensorFlow to find by its name. */
  loadLibrary(path: string): void;
  isUsingGpuDevice(): boolean;

  createTensor(shape: number[], dtype: number, data: ArrayBufferView | (Uint8Array | string)[]): number;
  /** Copies raw bytes into a tensor of any fixed-size dtype. */
  createTensorFromBytes(shape: number[], dtype: number, bytes: Uint8Array): number;
  /** A second id for the same handle. */
  aliasTensor(id: number): number;
  deleteTensor(id: number): void;
  tensorMetadata(id: number): TensorMetadata;
  /**
   * A copy of the elements: Float32Array (float, half, bfloat16, complex64 as pairs), Float64Array, Int32Array,
   * Uint8Array (bool, uint8), BigInt64Array and so on by type, or Uint8Array[] (string).
   */
  tensorDataSync(id: number): ArrayBufferView | Uint8Array[];
  /** The same, resolved off the JavaScript thread. */
  tensorData(id: number): Promise<ArrayBufferView | Uint8Array[]>;
  /** The raw bytes of a tensor of any fixed-size dtype. */
  tensorBytes(id: number): Promise<Uint8Array>;
  /**
   * The same without a copy where the tensor is in host memory: never write to it. The value stays as it was at the call,
   * whatever becomes of the id, and its memory is held until the view is collected or `view.buffer.transfer(0)` is called.
   */
  tensorView(id: number): Promise<Uint8Array<ArrayBuffer>>;

  /**
   * Runs one op (or registered function) on the calling thread. List inputs are passed flat, with the attributes that
   * say how long they are, or as arrays, from which TensorFlow infers these attributes.
   */
  executeOp(
    op: string,
    attrs: OpAttr[],
    inputs: (number | number[])[],
    numOutputs: number,
    options?: ExecuteOptions,
  ): TensorMetadata[];
  /** The same on the lane's own thread. The inputs' ids may be deleted at once. */
  executeOpAsync(
    op: string,
    attrs: OpAttr[],
    inputs: (number | number[])[],
    numOutputs: number,
    options?: ExecuteOptions,
  ): Promise<TensorMetadata[]>;
  newCancellation(): number;
  cancel(cancellation: number): void;
  deleteCancellation(cancellation: number): void;

  newGraph(): number;
  deleteGraph(graph: number): void;
  graphConstant(
    graph: number,
    name: string,
    shape: number[],
    dtype: number,
    data: ArrayBufferView | (Uint8Array | string)[],
  ): GraphNode;
  graphPlaceholder(graph: number, name: string, shape: number[] | null, dtype: number): GraphNode;
  graphOp(graph: number, op: GraphOp): GraphNode;
  /** The value of an edge that shape inference can fold to a constant, as a new tensor id; null otherwise. */
  graphTryEvaluate(graph: number, edge: number): number | null;
  /** Adds a registered function (or the one in `functionDef`) to the graph, for If/While branches and map functions. */
  graphCopyFunction(graph: number, functionDef: Uint8Array): void;
  /** Returns the serialised `FunctionDef`; does not register it. */
  graphToFunction(graph: number, spec: FunctionSpec): Uint8Array;
  graphToGraphDef(graph: number): Uint8Array;
  addFunction(functionDef: Uint8Array): void;
  removeFunction(name: string): void;
  /** Runs a graph by itself, on devices of its own; slower to start than a function, but it can be traced. */
  newSession(spec: SessionSpec): number;
  /**
   * `traceLevel` is TensorFlow's: 0 none, 1 the ops, 3 the kernels of GPUs too. `runMetadata` is a serialised
   * `RunMetadata` with the times.
   */
  runSession(
    session: number,
    inputs: number[],
    traceLevel: number,
  ): Promise<{ outputs: TensorMetadata[]; runMetadata: Uint8Array }>;
  deleteSession(session: number): void;
  /** Serialised `OpDef` of a registered op, ours included; null if there is none of that name. */
  opDef(op: string): Uint8Array | null;
  /** Serialised `OpList` of every registered op. Slow; see `opDef`. */
  opList(): Uint8Array;

  stats(): NativeStats;
  // Stock surface that Kiln has no use for; present so that the kernel layer's types fit.
  getNumOfTensors(): number;
}
