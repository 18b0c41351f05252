/** The frameworks that Kiln is compared with, and how each is had: a row here is all that a peer needs. */
import { ensurePython, findPython } from './python.ts';
import { ensureStockTfjs, findStockTfjs } from './stock-tfjs.ts';

interface Peer {
  /** The program that runs it (for tfjs the folder of its packages), or null while it is not installed. */
  find(): string | null;
  install(): Promise<string>;
}

function python(...packages: string[]): Peer {
  return { find: () => findPython(packages), install: async () => ensurePython(packages) };
}

const peers = {
  tensorflow: python('tensorflow-cpu==2.21.0'),
  torch: python('torch==2.15.0', 'numpy'),
  safetensors: python('safetensors==0.8.0', 'numpy'),
  jax: python('jax==0.10.2'),
  tfjs: { find: findStockTfjs, install: ensureStockTfjs },
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;

export const peerNames = Object.keys(peers) as PeerName[];

export const peer: Readonly<Record<PeerName, Peer>> = peers;
