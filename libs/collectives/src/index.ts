/** All-reduce, broadcast and all-gather as TensorFlow ops between the workers of a run. */
export {
  abortGroup,
  currentGroup,
  groupStatus,
  joinGroup,
  leaveGroup,
  rank,
  worldSize,
  type Group,
  type GroupOptions,
} from './group.ts';
export { listen, type ListenOptions } from './hosts/listen.ts';
export type { PeerAddress } from './hosts/peer-address.ts';
export type { GroupStatus } from './binding.ts';
export { allReduce, allReduceTree, type TreeOptions } from './all-reduce.ts';
export { allGather } from './all-gather.ts';
export { broadcast, broadcastTree } from './broadcast.ts';
export { gatherFloats, sumDoubles, together } from './host-arrays.ts';
export { CollectiveError, type CollectiveErrorCode } from './errors.ts';

// What sibling libs need.
export { defaultBucketBytes } from './buckets.ts';
export type { Reduction } from './ops.ts';
