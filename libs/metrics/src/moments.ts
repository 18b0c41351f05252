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

  /** Count, sums and sums of products in one array: those of several gatherers may be added up. */
  async sums(): Promise<Float64Array> {
    const { dims } = this;
    const sums = new Float64Array(1 + dims + dims * dims);
    sums[0] = this.#count;
    sums.set(this.#sum, 1);
    sums.set(await this.#outer.data(), 1 + dims);
    return sums;
  }

  /** Throws `RangeError` for fewer than two rows, which have no covariance. */
  async finish(): Promise<Moments> {
    return momentsOf(await this.sums(), this.dims);
  }

  dispose(): void {
    this.#outer.dispose();
  }
}

/** Moments of what `MomentsGatherer.sums` gave. Throws `RangeError` for fewer than two rows. */
export function momentsOf(sums: Float64Array, dims: number): Moments {
  const count = sums[0]!;
  if (count < 2) throw new RangeError(`a covariance needs 2 or more samples, got ${count}`);
  const mean = sums.slice(1, 1 + dims).map((sum) => sum / count);
  const covariance = sums.slice(1 + dims);
  for (let i = 0; i < dims; i++)
    for (let j = 0; j < dims; j++) {
      const at = i * dims + j;
      covariance[at] = (covariance[at]! - count * mean[i]! * mean[j]!) / (count - 1);
    }
  return { count, mean, covariance };
}
