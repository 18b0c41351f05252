/** Membership: which ranks this process exchanges tensors with. One group at a time. */
import { tmpdir } from 'node:os';
import { TensorFlowError } from '@kiln/tensorflow';
import { binding, type GroupStatus } from './binding.ts';
import { CollectiveError } from './errors.ts';
import type { PeerAddress } from './hosts/peer-address.ts';

export interface GroupOptions {
  /** The same on all ranks, and of this run alone. */
  name: string;
  rank: number;
  worldSize: number;
  /** A group that failed is never used again: join with the next generation. */
  generation: number;
  /** A peer whose process has not run for this long is lost. Default 5 s. */
  heartbeatTimeoutMs?: number;
  /** A call that has not ended after this long is a failure of the group. Default 60 s. */
  opTimeoutMs?: number;
  /** How long to wait for the other ranks. Default 60 s. */
  joinTimeoutMs?: number;
  /** Most shared memory to take; it is taken as needed. Default 1 GiB. */
  bytes?: number;
  /** Folders for the shared segment, the first with room is used. Default /dev/shm, then the system's temporary folder. */
  directories?: readonly string[];
  /** How the ranks are reached, by rank, when they have no common memory: each has called `listen` before. */
  peers?: readonly PeerAddress[];
}

export interface Group {
  readonly name: string;
  readonly rank: number;
  readonly worldSize: number;
  readonly generation: number;
}

let current: Group | null = null;
let leavesAtExit = false;

/** Peers learn of an orderly end at once. Not in the addon: TensorFlow may end the process before its exit handlers. */
function leaveAtExit(): void {
  if (leavesAtExit) return;
  leavesAtExit = true;
  process.once('exit', () => {
    if (current !== null) binding().collectivesLeave();
  });
}

/** Resolves when all ranks have joined. */
export async function joinGroup(options: GroupOptions): Promise<Group> {
  const { name, rank, worldSize, generation } = options;
  checkOptions(options);
  if (current !== null) {
    throw new CollectiveError(
      'already-joined',
      `this process is rank ${current.rank} of group '${current.name}', generation ${current.generation}; call leaveGroup first`,
    );
  }
  const group = { name, rank, worldSize, generation };
  current = group;
  leaveAtExit();
  try {
    await binding().collectivesJoin({
      ...group,
      heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? 5_000,
      opTimeoutMs: options.opTimeoutMs ?? 60_000,
      joinTimeoutMs: options.joinTimeoutMs ?? 60_000,
      bytes: options.bytes ?? 2 ** 30,
      directories: [...(options.directories ?? ['/dev/shm', tmpdir()])],
      peers: (options.peers ?? []).map(({ host, hostId, endpoint, publicKey }, peer) => ({
        host,
        hostId: hostId ?? `rank ${peer}`,
        endpoint,
        publicKey,
      })),
    });
  } catch (error) {
    current = null;
    if (!(error instanceof TensorFlowError)) throw error;
    throw new CollectiveError('join-failed', error.detail.replace('[collective] ', ''), { cause: error });
  }
  return group;
}

function refuse(what: string): never {
  throw new CollectiveError('bad-option', what);
}

function checkOptions({ name, rank, worldSize, generation }: GroupOptions): void {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name)) {
    refuse(`name must be 1 to 100 of the characters A-Z a-z 0-9 . _ -, got '${name}'`);
  }
  if (!Number.isInteger(worldSize) || worldSize < 1 || worldSize > 64)
    refuse(`worldSize must be 1 to 64, got ${worldSize}`);
  if (!Number.isInteger(rank) || rank < 0 || rank >= worldSize) {
    refuse(`rank must be 0 to ${worldSize - 1} in a world of ${worldSize}, got ${rank}`);
  }
  if (!Number.isInteger(generation) || generation < 0)
    refuse(`generation must be a count, got ${generation}`);
}

/** Null before joining and after leaving; a group that failed stays until `leaveGroup`. */
export function currentGroup(): Group | null {
  return current;
}

/** Ranks in the group; 1 without a group. */
export function worldSize(): number {
  return current?.worldSize ?? 1;
}

/** This process's number in the group; 0 without a group. */
export function rank(): number {
  return current?.rank ?? 0;
}

/** Null without a group. */
export function groupStatus(): GroupStatus | null {
  return current === null ? null : binding().collectivesStatus();
}

/** Calls that are still under way fail, here and on the peers. Tensors that collectives have returned stay good. */
export async function leaveGroup(): Promise<void> {
  if (current === null) return;
  current = null;
  binding().collectivesLeave();
}

/**
 * Fails every call under way and every later one, on all ranks, within milliseconds. Call it when a step fails for a
 * reason of its own, so that the peers do not wait for this rank.
 */
export function abortGroup(reason: string): void {
  if (current !== null) binding().collectivesAbort(reason);
}
