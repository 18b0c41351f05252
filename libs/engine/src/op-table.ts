/** What the tracer and rawOp ask about an op: how its inputs group into lists, its attributes, whether it is stateful. */
import { type ArgDef, type OpAttr, type OpDef, opDefs } from '@kiln/tensorflow';
import { EngineError } from './errors.ts';

export class OpInfo {
  readonly name: string;
  readonly stateful: boolean;
  readonly inputs: readonly ArgDef[];
  readonly #numLists: number;
  readonly #settable: Set<string>;

  constructor(def: OpDef) {
    this.name = def.name;
    this.stateful = def.isStateful;
    this.inputs = def.inputArgs;
    this.#numLists = def.inputArgs.filter((arg) => arg.isList).length;
    // What follows from the inputs is left to TensorFlow: the kernels state tfjs's label, not the true dtype.
    const inferred = new Set(
      def.inputArgs.flatMap((arg) => [arg.typeAttr, arg.numberAttr, arg.typeListAttr]),
    );
    this.#settable = new Set(def.attrs.map(({ name }) => name).filter((name) => !inferred.has(name)));
  }

  /** Whether an attribute is to be stated: the op knows it (tfjs passes some it does not) and cannot infer it. */
  takes(attr: string): boolean {
    return attr.startsWith('_') || this.#settable.has(attr);
  }

  /** Regroups inputs that tfjs's kernels pass flat into one entry an argument. */
  group(flat: readonly number[], attrs: readonly OpAttr[]): (number | number[])[] {
    if (this.#numLists === 0 && flat.length === this.inputs.length) return [...flat];
    const grouped: (number | number[])[] = [];
    let at = 0;
    for (const arg of this.inputs) {
      const length = arg.isList ? this.#listLength(arg, flat, attrs) : 1;
      const part = flat.slice(at, at + length);
      if (arg.isList) grouped.push(part);
      else grouped.push(...part);
      at += length;
    }
    if (at !== flat.length) {
      throw new EngineError(
        'bad-op-inputs',
        `op ${this.name} takes ${this.inputs.length} inputs, got ${flat.length} tensors`,
      );
    }
    return grouped;
  }

  #listLength(arg: ArgDef, flat: readonly number[], attrs: readonly OpAttr[]): number {
    if (this.#numLists === 1) return flat.length - this.inputs.length + 1;
    const attr = attrs.find(({ name }) => name === arg.numberAttr);
    if (attr !== undefined && 'value' in attr && typeof attr.value === 'number') return attr.value;
    throw new EngineError(
      'bad-op-inputs',
      `op ${this.name} has several lists of inputs; call it through rawOp`,
    );
  }
}

export class OpTable {
  readonly #infos = new Map<string, OpInfo>();
  readonly #defs = opDefs();

  get(op: string): OpInfo {
    const known = this.#infos.get(op);
    if (known !== undefined) return known;
    const def = this.#defs.get(op);
    if (def === undefined) throw new EngineError('unknown-op', `TensorFlow has no op named '${op}'`);
    const info = new OpInfo(def);
    this.#infos.set(op, info);
    return info;
  }
}
