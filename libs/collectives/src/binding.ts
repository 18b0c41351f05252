/** The collectives' part of the addon (libs/tensorflow/native/collectives). */
import { native } from '@kiln/tensorflow';
import type { ListenAddress, PeerAddress } from './hosts/peer-address.ts';

export interface NativeGroupOptions {
  name: string;
  rank: number;
  worldSize: number;
  generation: number;
  heartbeatTimeoutMs: number;
  opTimeoutMs: number;
  joinTimeoutMs: number;
  bytes: number;
  directories: string[];
  /** By rank; empty: shared memory. */
  peers: Required<PeerAddress>[];
}

/** How this process's membership stands. */
export interface GroupStatus {
  state: 'joining' | 'ready' | 'failed' | 'left';
  /** Why the group is closed; '' while it is open. */
  failure: string;
  /** Process ids by rank. */
  pids: number[];
  /** Folder of the shared segment, or the address that other hosts connect to; '' for a group of one. */
  location: string;
  /** What a user should know about how shared memory had to be set up; '' when all is as asked. */
  note: string;
  /** Calls under way on this rank. */
  pending: number;
  completed: number;
  /** Shared memory that the group has taken, and what of it is in use. */
  heapBytes: number;
  heapUsed: number;
}

/** What a rank does with a part of the data that reaches it with a certain hop of its way around the ring. */
export interface RingHop {
  adds: boolean;
  /** With this rank's part the sum is whole. */
  completes: boolean;
  keeps: boolean;
  forwards: boolean;
  /** It is back where it started. */
  returns: boolean;
}

interface CollectivesBinding {
  collectivesListen(libraries: string[], address: string, encrypt: boolean): ListenAddress;
  collectivesJoin(options: NativeGroupOptions): Promise<void>;
  collectivesLeave(): void;
  collectivesAbort(reason: string): void;
  collectivesStatus(): GroupStatus | null;
  /** By hop, from the first. */
  collectivesRing(kind: 'all-reduce' | 'all-gather', worldSize: number): RingHop[];
}

export function binding(): CollectivesBinding {
  return native() as unknown as CollectivesBinding;
}
