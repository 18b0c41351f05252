/** The definitions of the ops that this process's TensorFlow knows, ours included; each is decoded when first asked for. */
import { tensorflow } from './gen/tensorflow.js';
import { native } from './load.ts';

export interface ArgDef {
  name: string;
  /** A fixed type, or 0 when one of the attributes below gives it. */
  dtype: number;
  /** Attribute that holds the type; '' if none. */
  typeAttr: string;
  /** Attribute that holds the number of tensors of a list of one type; '' if the argument is no such list. */
  numberAttr: string;
  /** Attribute that holds the types of a list of tensors of several types; '' if the argument is no such list. */
  typeListAttr: string;
  isList: boolean;
}

export interface AttrDef {
  name: string;
  /** TensorFlow's spelling, for example `int`, `type`, `list(shape)`, `func`. */
  type: string;
  /** Serialised AttrValue; null when the attribute must be given or inferred. */
  defaultValue: Uint8Array | null;
  /** Types that a type attribute may have; null for any. */
  allowedTypes: readonly number[] | null;
}

export interface OpDef {
  name: string;
  inputArgs: readonly ArgDef[];
  outputArgs: readonly ArgDef[];
  attrs: readonly AttrDef[];
  /** Must run even where nothing uses its outputs, and is never merged with its like. */
  isStateful: boolean;
}

/** The part of a Map that looks things up. */
export interface OpDefs {
  get(op: string): OpDef | undefined;
  has(op: string): boolean;
}

const known = new Map<string, OpDef>();

function get(op: string): OpDef | undefined {
  const found = known.get(op);
  if (found) return found;
  const bytes = native().opDef(op);
  if (bytes === null) return undefined;
  const definition = toOpDef(tensorflow.OpDef.decode(bytes));
  known.set(op, definition);
  return definition;
}

/** Every op by name. Asking for one costs microseconds; TensorFlow's whole list would take 0.1 to 0.3 s. */
export function opDefs(): OpDefs {
  return { get, has: (op) => get(op) !== undefined };
}

type ArgFields = NonNullable<tensorflow.OpDef['inputArg']>[number];
type AttrFields = NonNullable<tensorflow.OpDef['attr']>[number];

function toOpDef(op: tensorflow.OpDef): OpDef {
  return {
    name: op.name ?? '',
    inputArgs: (op.inputArg ?? []).map(toArgDef),
    outputArgs: (op.outputArg ?? []).map(toArgDef),
    attrs: (op.attr ?? []).map(toAttrDef),
    isStateful: op.isStateful ?? false,
  };
}

function toArgDef(arg: ArgFields): ArgDef {
  const numberAttr = arg.numberAttr ?? '';
  const typeListAttr = arg.typeListAttr ?? '';
  return {
    name: arg.name ?? '',
    dtype: arg.type ?? 0,
    typeAttr: arg.typeAttr ?? '',
    numberAttr,
    typeListAttr,
    isList: numberAttr !== '' || typeListAttr !== '',
  };
}

function toAttrDef(attr: AttrFields): AttrDef {
  const { defaultValue, allowedValues } = attr;
  return {
    name: attr.name ?? '',
    type: attr.type ?? '',
    defaultValue: defaultValue ? tensorflow.AttrValue.encode(defaultValue).finish() : null,
    allowedTypes: allowedValues?.list?.type?.length ? allowedValues.list.type : null,
  };
}
