/** How long workers take to exchange tensors over a ring, by the model of docs/collective-costs.md. Pure. */

export interface Link {
  /** Seconds from one worker's sending to the next one's working on it: α. */
  readonly latency: number;
  /** Bytes a second of one link, both ways at once: β. */
  readonly bandwidth: number;
}

/** Of `bytes` for each worker: 2 (N - 1) α + 2 (N - 1) / N · n / β. */
export function ringTime(workers: number, bytes: number, { latency, bandwidth }: Link): number {
  if (workers === 1 || bytes === 0) return 0;
  return 2 * (workers - 1) * latency + ringBytes(workers, bytes) / bandwidth;
}

/** What each worker sends in it. */
export const ringBytes = (workers: number, bytes: number): number => (2 * (workers - 1) * bytes) / workers;

/** Of something small, which goes to everybody at once. */
export const smallTime = (workers: number, { latency }: Link): number => (workers === 1 ? 0 : latency);
