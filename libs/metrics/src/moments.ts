/** Mean and covariance of features, gathered batch by batch. */
import { Double } from './double.ts';

export interface Moments {
  readonly count: number;
  /** `[dims]` */
  readonly mean: Float64Array;
  /** `[dims, dims]`, row-major; divided by `count - 1`. */
  readonly covariance: Float64Array;
}

export class MomentsGatherer {
  readonly dims: number;
  #count = 0;
  readonly #sum: Float64Array;
  #outer: Double;

  constructor(dims: number) {
    this.dims = dims;
    this.#sum = new Float64Array(dims);
    this.#outer = Double.of(new Float64Array(dims * dims), [dims, dims]);
  }

  /** features: `[n, dims]`, row-major. Await it before the next. */
  async add(features: Float32Array): Promise<void> {
    const { dims } = this;
    const rows = features.length / dims;
    if (!Number.isInteger(rows))
      throw new RangeError(`features must be rows of ${dims} numbers, got ${features.length}`);
    if (rows === 0) return;
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < dims; i++) this.#sum[i]! += features[row * dims + i]!;
    const batch = await Double.widened(features, [rows, dims]);
    const outer = await batch.product(batch, { transposeA: true });
    const next = await this.#outer.plus(outer);
    for (const used of [batch, outer, this.#outer]) used.dispose();
    this.#outer = next;
    this.#count += rows;
  }

  /** Throws `RangeError` for fewer than two rows, which have no covariance. */
  async finish(): Promise<Moments> {
    const count = this.#count;
    if (count < 2) throw new RangeError(`a covariance needs 2 or more samples, got ${count}`);
    const { dims } = this;
    const mean = this.#sum.map((sum) => sum / count);
    const covariance = (await this.#outer.data()).slice();
    for (let i = 0; i < dims; i++)
      for (let j = 0; j < dims; j++) {
        const at = i * dims + j;
        covariance[at] = (covariance[at]! - count * mean[i]! * mean[j]!) / (count - 1);
      }
    return { count, mean, covariance };
  }

  dispose(): void {
    this.#outer.dispose();
  }
}
