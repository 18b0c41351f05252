/** Draws batches and reads them, so that tests compare plain numbers. */
import { type BatchOptions, type DataSpec, type Dataset, openDataset } from '../src/index.ts';

export interface Drawn {
  indices: number[];
  labels: number[];
  images: Float32Array;
  shape: number[];
}

/** `count` batches of an open data set. */
export async function drawFrom(dataset: Dataset, options: BatchOptions, count: number): Promise<Drawn[]> {
  const batches = dataset.batches(options);
  try {
    const drawn: Drawn[] = [];
    for (let k = 0; k < count; k++) {
      const { images, labels, indices } = await batches.next();
      drawn.push({
        indices,
        labels: [...(await labels.data())],
        images: Float32Array.from(await images.data()),
        shape: images.shape,
      });
      images.dispose();
      labels.dispose();
    }
    return drawn;
  } finally {
    await batches.close();
  }
}

/** Every example once, by index: the picture and its label. */
export async function drawAll(spec: DataSpec): Promise<Map<number, { pixels: Float32Array; label: number }>> {
  const dataset = await openDataset(spec);
  try {
    const [batch] = await drawFrom(dataset, { seed: 0, batch: dataset.numExamples }, 1);
    const size = dataset.imageShape.reduce((a, b) => a * b, 1);
    return new Map(
      batch?.indices.map((index, i) => [
        index,
        { pixels: batch.images.slice(i * size, (i + 1) * size), label: batch.labels[i] as number },
      ]),
    );
  } finally {
    dataset.dispose();
  }
}

/** A byte as it comes out of a pipeline. */
export function valueOf(byte: number): number {
  return Math.fround((byte - 127.5) * Math.fround(1 / 127.5));
}
