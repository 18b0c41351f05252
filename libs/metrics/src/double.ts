/** Matrices in double precision on TensorFlow, off the JavaScript thread: covariances do not survive float32. */
import { attr, DataType, native, type OpAttr } from '@kiln/tensorflow';

async function run(op: string, inputs: number[], attrs: OpAttr[] = []): Promise<number[]> {
  const outputs = await native().executeOpAsync(op, attrs, inputs, 2);
  return outputs.map(({ id }) => id);
}

/** Owns a tensor of TensorFlow until `dispose`. Shape `[rows, columns]`, or `[columns]` with `rows` 0. */
export class Double {
  readonly #id: number;

  private constructor(id: number) {
    this.#id = id;
  }

  static of(values: Float64Array, shape: readonly number[]): Double {
    return new Double(native().createTensor([...shape], DataType.double, values));
  }

  static async widened(values: Float32Array, shape: readonly number[]): Promise<Double> {
    const narrow = native().createTensor([...shape], DataType.float, values);
    const [id] = await run('Cast', [narrow], [{ name: 'DstT', proto: attr.type(DataType.double) }]);
    native().deleteTensor(narrow);
    return new Double(id as number);
  }

  async #binary(op: string, other: Double, attrs: OpAttr[] = []): Promise<Double> {
    const [id] = await run(op, [this.#id, other.#id], attrs);
    return new Double(id as number);
  }

  plus(other: Double): Promise<Double> {
    return this.#binary('AddV2', other);
  }

  /** Element by element, with broadcasting. */
  times(other: Double): Promise<Double> {
    return this.#binary('Mul', other);
  }

  product(other: Double, { transposeA = false, transposeB = false } = {}): Promise<Double> {
    return this.#binary('MatMul', other, [
      { name: 'transpose_a', proto: attr.bool(transposeA) },
      { name: 'transpose_b', proto: attr.bool(transposeB) },
    ]);
  }

  /** Of a symmetric matrix: ascending values, and vectors as columns. */
  async eigen(): Promise<{ values: Double; vectors: Double }> {
    const [values, vectors] = await run(
      'SelfAdjointEigV2',
      [this.#id],
      [{ name: 'compute_v', proto: attr.bool(true) }],
    );
    return { values: new Double(values as number), vectors: new Double(vectors as number) };
  }

  async data(): Promise<Float64Array> {
    return (await native().tensorData(this.#id)) as Float64Array;
  }

  dispose(): void {
    native().deleteTensor(this.#id);
  }
}

/** Disposes everything that `body` passes to `keep`, however it ends. */
export async function scoped<T>(body: (keep: <D extends Double>(value: D) => D) => Promise<T>): Promise<T> {
  const kept: Double[] = [];
  try {
    return await body((value) => {
      kept.push(value);
      return value;
    });
  } finally {
    for (const value of kept) value.dispose();
  }
}
