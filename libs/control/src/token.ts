/** The bearer token of a run: made by the coordinator, read from a 0600 file by the workers, compared in constant time. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';

const header = 'authorization';
const scheme = 'Bearer ';

export const makeToken = (): string => randomBytes(32).toString('base64url');

export function tokenMetadata(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set(header, scheme + token);
  return metadata;
}

/** Digests first: neither content nor length of the token shows in the time taken. */
export function tokenMatches(metadata: Metadata, token: string): boolean {
  const values = metadata.get(header);
  const sent = values.length === 1 && typeof values[0] === 'string' ? values[0] : '';
  return timingSafeEqual(digest(sent), digest(scheme + token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
