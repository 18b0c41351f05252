/** TensorFlow's data types by name and number. */

/** Numbers of TensorFlow's enum `DataType`. */
export const DataType = {
  float: 1,
  double: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  qint8: 11,
  quint8: 12,
  qint32: 13,
  bfloat16: 14,
  qint16: 15,
  quint16: 16,
  uint16: 17,
  complex128: 18,
  half: 19,
  resource: 20,
  variant: 21,
  uint32: 22,
  uint64: 23,
  float8_e5m2: 24,
  float8_e4m3fn: 25,
} as const;

export type DataTypeName = keyof typeof DataType;

const bytesByName: Record<DataTypeName, number> = {
  float: 4,
  double: 8,
  int32: 4,
  uint8: 1,
  int16: 2,
  int8: 1,
  string: 0,
  complex64: 8,
  int64: 8,
  bool: 1,
  qint8: 1,
  quint8: 1,
  qint32: 4,
  bfloat16: 2,
  qint16: 2,
  quint16: 2,
  uint16: 2,
  complex128: 16,
  half: 2,
  resource: 0,
  variant: 0,
  uint32: 4,
  uint64: 8,
  float8_e5m2: 1,
  float8_e4m3fn: 1,
};

const namesByNumber = new Map<number, DataTypeName>(
  Object.entries(DataType).map(([name, number]) => [number, name as DataTypeName]),
);

/** TensorFlow's name of a type, for messages; `type 99` for one without a name here. */
export function dataTypeName(dtype: number): string {
  return namesByNumber.get(dtype) ?? `type ${dtype}`;
}

/** Bytes of one element; 0 for strings, resources and variants, whose elements are no plain bytes. */
export function dataTypeBytes(dtype: number): number {
  const name = namesByNumber.get(dtype);
  return name === undefined ? 0 : bytesByName[name];
}
