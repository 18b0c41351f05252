/** How different samples are from each other. */

/** Mean root-mean-square distance over all pairs of `count` images in `data`; 0 for fewer than two. */
export function meanPairwiseDistance(data: Float32Array, count: number): number {
  const size = data.length / count;
  let sum = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      let squares = 0;
      for (let i = 0; i < size; i++) squares += (data[a * size + i]! - data[b * size + i]!) ** 2;
      sum += Math.sqrt(squares / size);
    }
  }
  return count < 2 ? 0 : sum / ((count * (count - 1)) / 2);
}
