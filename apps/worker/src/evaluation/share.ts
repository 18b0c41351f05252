/** Several processes of this machine that evaluate together. */
import { joinGroup } from '@kiln/collectives';

/** One of them. */
export interface Share {
  /** The same for all of them, and theirs alone. */
  readonly group: string;
  readonly rank: number;
  readonly worldSize: number;
}

/** Nothing is done without a share: this process is alone. */
export async function joinShare(share: Share | undefined): Promise<void> {
  if (share !== undefined) await joinGroup({ ...share, name: share.group, generation: 1 });
}

/** A GPU each. */
export const ownDevice = (device: string, share: Share | undefined): string =>
  device === 'gpu' && share !== undefined ? `gpu:${share.rank}` : device;
