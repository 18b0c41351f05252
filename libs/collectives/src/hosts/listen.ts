/** Makes this process reachable for ranks on other hosts, before it is known who they are. */
import { isIPv6 } from 'node:net';
import { TensorFlowError } from '@kiln/tensorflow';
import { binding } from '../binding.ts';
import { CollectiveError } from '../errors.ts';
import { zmqLibraries } from './library.ts';
import type { ListenAddress } from './peer-address.ts';

export interface ListenOptions {
  /** The address of this host that the others connect to, and the only one listened on. Default loopback. */
  address?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Encrypts and authenticates everything (CURVE). Default true; false is for networks that nobody else can reach. */
  encrypt?: boolean;
}

/** For the next `joinGroup` alone. Replaces what an earlier call listened on. */
export function listen(options: ListenOptions = {}): ListenAddress {
  const { address = '127.0.0.1', port = 0, encrypt = true } = options;
  if (/^(0\.0\.0\.0|::|\*|)$/.test(address)) {
    throw new CollectiveError(
      'bad-option',
      `expected the one address that other hosts reach this one at, got '${address}', which is all of them`,
    );
  }
  const place = `tcp://${isIPv6(address) ? `[${address}]` : address}:${port}`;
  try {
    return binding().collectivesListen(zmqLibraries(), place, encrypt);
  } catch (error) {
    if (!(error instanceof TensorFlowError)) throw error;
    throw new CollectiveError('cannot-listen', error.detail.replace('[collective] ', ''), { cause: error });
  }
}
