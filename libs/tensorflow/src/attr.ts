/** Op attributes as serialised `tensorflow.AttrValue` messages, the form that reaches every kind of attribute. */
import { tensorflow } from './gen/tensorflow.js';

type AttrFields = ConstructorParameters<typeof tensorflow.AttrValue>[0];
type ListFields = ConstructorParameters<typeof tensorflow.AttrValue.ListValue>[0];
type ShapeFields = ConstructorParameters<typeof tensorflow.TensorShapeProto>[0] & object;

/** null: unknown rank; -1: unknown dimension. */
export type PartialShape = readonly number[] | null;

const utf8 = new TextEncoder();

function encode(fields: AttrFields): Uint8Array {
  return tensorflow.AttrValue.encode(new tensorflow.AttrValue(fields)).finish();
}

function encodeList(fields: ListFields): Uint8Array {
  return encode({ list: new tensorflow.AttrValue.ListValue(fields) });
}

function shapeFields(dims: PartialShape): ShapeFields {
  return dims === null ? { unknownRank: true } : { dim: dims.map((size) => ({ size })) };
}

function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? utf8.encode(text) : text;
}

/** Encoders for one attribute: `{ T: attr.type(DataType.float), N: attr.int(2) }`. */
export const attr = {
  type: (dtype: number) => encode({ type: dtype }),
  int: (value: number) => encode({ i: value }),
  float: (value: number) => encode({ f: value }),
  bool: (value: boolean) => encode({ b: value }),
  string: (value: string | Uint8Array) => encode({ s: toBytes(value) }),
  shape: (dims: PartialShape) => encode({ shape: shapeFields(dims) }),
  /** A function of the context by name, with the values of its own attributes, if it has any. */
  func: (name: string, attrs: Record<string, Uint8Array> = {}) =>
    encode({
      func: {
        name,
        attr: Object.fromEntries(
          Object.entries(attrs).map(([key, value]) => [key, tensorflow.AttrValue.decode(value)]),
        ),
      },
    }),
  /** A constant; `content` holds the elements in memory order. */
  tensor: (dtype: number, dims: readonly number[], content: Uint8Array) =>
    encode({ tensor: { dtype, tensorShape: shapeFields(dims), tensorContent: content } }),

  typeList: (values: readonly number[]) => encodeList({ type: [...values] }),
  intList: (values: readonly number[]) => encodeList({ i: [...values] }),
  floatList: (values: readonly number[]) => encodeList({ f: [...values] }),
  boolList: (values: readonly boolean[]) => encodeList({ b: [...values] }),
  stringList: (values: readonly (string | Uint8Array)[]) => encodeList({ s: values.map(toBytes) }),
  shapeList: (values: readonly PartialShape[]) => encodeList({ shape: values.map(shapeFields) }),
  funcList: (names: readonly string[]) => encodeList({ func: names.map((name) => ({ name })) }),
  /** A list of encoded values of one kind, other than functions; also the empty list of any kind. */
  list: (values: readonly Uint8Array[]) =>
    // The messages of a value and of a list give each kind the same field number, so values side by side are a list.
    encodeList(tensorflow.AttrValue.ListValue.decode(Buffer.concat(values))),
};
