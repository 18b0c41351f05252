/** Says which rank writes which tensor. Pure: all ranks reach the same plan from the same list. */
import { CheckpointError } from './checkpoint-error.ts';
import { byName } from './tensor.ts';

/** Whole tensors to shards, the largest first, each to the shard with the fewest bytes so far. */
export function planShards(
  tensors: readonly { readonly name: string; readonly bytes: number }[],
  numShards: number,
): Map<string, number> {
  if (!Number.isSafeInteger(numShards) || numShards < 1)
    throw new CheckpointError('usage', 'plan', `${numShards} shards, expected at least 1`);
  const loads = Array.from({ length: numShards }, () => 0);
  const plan = new Map<string, number>();
  for (const { name, bytes } of tensors.toSorted((a, b) => b.bytes - a.bytes || byName(a, b))) {
    if (plan.has(name))
      throw new CheckpointError('usage', 'plan', `tensor ${JSON.stringify(name)} given twice`);
    const shard = loads.indexOf(Math.min(...loads));
    plan.set(name, shard);
    loads[shard] = (loads[shard] ?? 0) + bytes;
  }
  return plan;
}
