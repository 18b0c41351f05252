/** What a test and its rank processes say to each other. */
import type { GroupOptions } from '../group.ts';
import type { PeerAddress } from '../hosts/peer-address.ts';

/** How the ranks of a test are joined. Over ZeroMQ each pretends to be on a host of its own; over both, two are on one. */
export type TestTransport = 'shared memory' | 'ZeroMQ' | 'ZeroMQ, plain' | 'both';

export interface RunRequest {
  id: number;
  /** URL of the module that exports the scenario. */
  module: string;
  scenario: string;
  /** Null: the scenario joins by itself, or not at all. */
  group: GroupOptions | null;
  transport?: TestTransport | undefined;
  args: unknown;
}

export interface Introduction {
  id: number;
  peers: PeerAddress[];
}

/** All ranks have joined: the scenario may begin. One that still joins would hear of the others' failures there. */
export interface Begin {
  id: number;
  begin: true;
}

export interface Failed {
  name: string;
  message: string;
  code: string | number | undefined;
  /** Date.now() when the scenario failed. */
  at: number;
}

export type Reply =
  /** The rank listens; it goes on when it is sent the addresses of all. */
  | { id: number; listening: PeerAddress }
  | { id: number; started: true }
  | { id: number; value: unknown }
  | { id: number; failed: Failed };

/** A scenario runs on every rank. */
export type Scenario<Args = never> = (args: Args, group: GroupOptions) => Promise<unknown>;
