/** Where ranks on other hosts find a rank. */

/** How one rank is reached by the others: they must be told before they can join. */
export interface PeerAddress {
  /** For messages. */
  host: string;
  /** Ranks with the same one have a common memory and use it. Default: none have. */
  hostId?: string | undefined;
  /** `tcp://10.0.0.5:40123` */
  endpoint: string;
  /** Of a key pair made for this process and one group; '' when nothing is encrypted. */
  publicKey: string;
}

export type ListenAddress = Pick<PeerAddress, 'endpoint' | 'publicKey'>;
