/** One TensorFlow graph under construction. While a trace is active the backend adds nodes here instead of executing. */
import * as tf from '@tensorflow/tfjs-core';
import {
  attr,
  DataType,
  type EdgeMetadata,
  type GraphNode,
  type NativeBinding,
  type OpAttr,
  TensorFlowError,
} from '@kiln/tensorflow';
import { EngineError, userLocation } from './errors.ts';
import { currentScope } from './name-scope.ts';
import type { OpTable } from './op-table.ts';
import { isSplat } from './splat.ts';
import type { TracedNode } from './traced-node.ts';

export type HostValues = Float32Array | Int32Array | Uint8Array | Uint8Array[] | string[] | number[];

export interface TraceOptions {
  /** Whether an eager tensor of the surrounding code becomes an argument of the function, or is refused. */
  readonly captures: 'argument' | 'refused';
  /** Whether an op may have a result whose shape depends on values. */
  readonly unknownShapes: 'allowed' | 'refused';
  /** A dtype: products of float32 tensors are computed in it, between casts. */
  readonly castTo: number | null;
  /** Whether XLA will compile the function, which has no kernels for ops of ours. */
  readonly forXla: boolean;
}

/** An eager tensor that the traced code reached from outside. `tensorId` is a handle of the trace's own. */
export interface Capture {
  readonly edge: EdgeMetadata;
  readonly tensorId: number;
}

export interface AddOptions {
  /**
   * A stateful op waits for the stateful op before it. Pass false for ops whose order TensorFlow may choose,
   * such as collectives, so that they can overlap.
   */
  ordered?: boolean | undefined;
}

const splatElements = 1024;
const maxConstantBytes = 1 << 20;

/** What mixed precision is about; the same as the graph rewriter's. */
const castableProducts = new Set(
  (
    'MatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 Einsum Conv2D Conv2DBackpropInput Conv2DBackpropFilter Conv3D ' +
    'Conv3DBackpropInputV2 Conv3DBackpropFilterV2 DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput ' +
    'DepthwiseConv2dNativeBackpropFilter'
  ).split(' '),
);

/** XLA's generators are others. Where it compiles clusters, numbers are drawn between them and are what they are without it. */
const attrsBeside = (op: string): OpAttr[] =>
  /^Stateless(Random|Truncated)/.test(op) ? [{ name: '_XlaCompile', proto: attr.bool(false) }] : [];

const castAttr = (dtype: number): OpAttr => ({ name: 'DstT', proto: attr.type(dtype) });

export class Trace {
  readonly graph: number;
  /** Functions that this graph calls; they live as long as the function made from it. */
  readonly functions: { dispose(): void }[] = [];
  readonly captures = new Map<object, Capture>();
  readonly nodes: TracedNode[] = [];
  readonly forXla: boolean;
  /** The first mistake that could not be thrown where it was made. */
  violation: EngineError | null = null;
  readonly #binding: NativeBinding;
  readonly #ops: OpTable;
  readonly #options: TraceOptions;
  readonly #names = new Map<string, number>();
  readonly #constants = new WeakMap<object, number>();
  readonly #dtypes = new Map<number, number>();
  readonly #narrowed = new Map<number, number>();
  readonly #statefulNodes: number[] = [];
  #lastOrdered: number | null = null;

  constructor(binding: NativeBinding, ops: OpTable, options: TraceOptions) {
    this.#binding = binding;
    this.#ops = ops;
    this.#options = options;
    this.forXla = options.forXla;
    this.graph = binding.newGraph();
  }

  /** Frees the graph. The functions and captured handles belong to whoever made the function. */
  close(): void {
    this.#binding.deleteGraph(this.graph);
  }

  /** Frees what a failed trace had gathered. */
  abandon(): void {
    this.close();
    for (const { tensorId } of this.captures.values()) this.#binding.deleteTensor(tensorId);
    for (const inner of this.functions) inner.dispose();
  }

  #uniqueName(base: string, scope = currentScope()): string {
    const name = scope === '' ? base : `${scope}/${base}`;
    const used = this.#names.get(name) ?? 0;
    this.#names.set(name, used + 1);
    return used === 0 ? name : this.#uniqueName(`${base}_${used}`, scope);
  }

  placeholder(name: string, shape: readonly number[] | null, dtype: number): EdgeMetadata {
    const unique = this.#uniqueName(name.replaceAll(/[^A-Za-z0-9_./-]/g, '_'), '');
    const node = this.#binding.graphPlaceholder(
      this.graph,
      unique,
      shape === null ? null : [...shape],
      dtype,
    );
    this.#record('Placeholder', [], node);
    return only(node);
  }

  #record(op: string, inputs: (number | number[])[], { name, outputs }: GraphNode, stateful = false): void {
    for (const { edge, dtype } of outputs) this.#dtypes.set(edge, dtype);
    this.nodes.push({ op, name, inputs: inputs.flat(), outputs, stateful });
  }

  add(
    op: string,
    inputs: (number | number[])[],
    attrs: readonly OpAttr[],
    options: AddOptions = {},
  ): EdgeMetadata[] {
    const { castTo } = this.#options;
    if (castTo !== null && castableProducts.has(op)) return this.#addCast(op, inputs, attrs, castTo);
    return this.#add(op, inputs, attrs, options);
  }

  /** The op on inputs in another type, with its results back in float32. */
  #addCast(
    op: string,
    inputs: (number | number[])[],
    attrs: readonly OpAttr[],
    castTo: number,
  ): EdgeMetadata[] {
    const narrow = (edge: number): number => {
      if (this.#dtypes.get(edge) !== DataType.float) return edge;
      // A weight that several products share is cast once.
      const known = this.#narrowed.get(edge) ?? first(this.#add('Cast', [edge], [castAttr(castTo)])).edge;
      this.#narrowed.set(edge, known);
      return known;
    };
    const given = inputs.map((input) => (Array.isArray(input) ? input.map(narrow) : narrow(input)));
    return this.#add(op, given, attrs).map(({ edge, dtype, shape }) =>
      dtype === castTo
        ? first(this.#add('Cast', [edge], [castAttr(DataType.float)]))
        : { edge, dtype, shape },
    );
  }

  #add(
    op: string,
    inputs: (number | number[])[],
    attrs: readonly OpAttr[],
    options: AddOptions = {},
  ): EdgeMetadata[] {
    const info = this.#ops.get(op);
    const ordered = info.stateful && (options.ordered ?? true);
    const node = this.#build(op, () =>
      this.#binding.graphOp(this.graph, {
        op,
        name: this.#uniqueName(op),
        inputs,
        attrs: [...attrs.filter(({ name }) => info.takes(name)), ...attrsBeside(op)],
        ...(ordered && this.#lastOrdered !== null ? { controls: [this.#lastOrdered] } : {}),
      }),
    );
    this.#record(op, inputs, node, info.stateful);
    if (info.stateful) this.#statefulNodes.push(node.node);
    if (ordered) this.#lastOrdered = node.node;
    return node.outputs;
  }

  #build(op: string, make: () => GraphNode): GraphNode {
    try {
      return make();
    } catch (error) {
      const reason = error instanceof TensorFlowError ? error.detail : String(error);
      throw new EngineError('op-refused', `op ${op} was refused: ${reason}`, {
        where: userLocation(),
        cause: error,
      });
    }
  }

  /** The node for values that live in JavaScript. `key` identifies the tensor, so that its second use adds nothing. */
  constant(key: object, values: HostValues, shape: readonly number[], dtype: number): number {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const edge = this.#makeConstant(values, shape, dtype);
    this.#constants.set(key, edge);
    return edge;
  }

  #makeConstant(values: HostValues, shape: readonly number[], dtype: number): number {
    if (ArrayBuffer.isView(values)) {
      if (values.length > splatElements && isSplat(values)) {
        const dims = this.#const(Int32Array.from(shape), [shape.length], DataType.int32);
        const value = this.#const(values.slice(0, 1), [], dtype);
        return first(this.add('Fill', [dims, value], [])).edge;
      }
      if (values.byteLength > maxConstantBytes) {
        throw new EngineError(
          'host-constant-too-large',
          `a constant of shape [${shape.join(', ')}] (${values.byteLength} bytes) is used while tracing, the limit is ` +
            `${maxConstantBytes}; pass it as an input or keep it in the state`,
          { where: userLocation() },
        );
      }
    }
    return this.#const(values, shape, dtype);
  }

  #const(values: HostValues, shape: readonly number[], dtype: number): number {
    const data = values as ArrayBufferView | (Uint8Array | string)[];
    const name = this.#uniqueName('Const');
    const make = () => this.#binding.graphConstant(this.graph, name, [...shape], dtype, data);
    const node = this.#build('Const', make);
    this.#record('Const', [], node);
    return only(node).edge;
  }

  /** The argument that stands for an eager tensor of the surrounding code. */
  capture(key: object, { id, shape, dtype }: { id: number; shape: number[]; dtype: number }): number {
    const known = this.captures.get(key);
    if (known !== undefined) return known.edge.edge;
    if (this.#options.captures === 'refused') {
      throw new EngineError(
        'captured-tensor',
        'a tensor from outside is used in a traced function; pass it in as an argument',
        {
          where: userLocation(),
        },
      );
    }
    if (Object.values(tf.engine().registeredVariables).some((variable) => variable.dataId === key)) {
      throw new EngineError(
        'variable-while-tracing',
        'a tf.Variable is used while tracing; put it into the state',
        {
          where: userLocation(),
        },
      );
    }
    const edge = this.placeholder(`captured_${this.captures.size}`, shape, dtype);
    this.captures.set(key, { edge, tensorId: this.#binding.aliasTensor(id) });
    return edge.edge;
  }

  /** Refuses a shape that depends on values, unless this trace allows it. */
  checkShape(what: string, shape: readonly number[] | null): void {
    if (this.#options.unknownShapes === 'allowed' || (shape !== null && !shape.includes(-1))) return;
    const text = shape === null ? 'unknown' : `[${shape.map((dim) => (dim < 0 ? '?' : dim)).join(', ')}]`;
    throw new EngineError(
      'unknown-shape',
      `the shape of ${what} is ${text}: it depends on values, which a compiled step cannot have`,
      {
        where: userLocation(),
      },
    );
  }

  copyFunction(functionDef: Uint8Array): void {
    this.#binding.graphCopyFunction(this.graph, functionDef);
  }

  toFunction(name: string, inputs: number[], outputs: number[]): Uint8Array {
    return this.#binding.graphToFunction(this.graph, {
      name,
      inputs,
      outputs,
      controlOutputs: this.#statefulNodes,
    });
  }

  toGraphDef(): Uint8Array {
    return this.#binding.graphToGraphDef(this.graph);
  }
}

function first(edges: readonly EdgeMetadata[]): EdgeMetadata {
  const [edge] = edges;
  if (edge === undefined) throw new EngineError('op-refused', 'an op that must have an output has none');
  return edge;
}

function only(node: GraphNode): EdgeMetadata {
  return first(node.outputs);
}
