/** Where a process listens for ranks of other hosts. */
import { describe, expect, it } from 'vitest';
import { CollectiveError } from '../errors.ts';
import { listen } from './listen.ts';

describe('listening', () => {
  it('takes one port of loopback and makes a key pair, by default', () => {
    const { endpoint, publicKey } = listen();
    expect(endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect(publicKey).toHaveLength(40);
    expect(listen().publicKey).not.toBe(publicKey);
  });

  it('needs no keys when asked for none', () => {
    expect(listen({ address: '::1', encrypt: false })).toEqual({
      endpoint: expect.stringMatching(/^tcp:\/\/\[::1\]:\d+$/),
      publicKey: '',
    });
  });

  it.each(['0.0.0.0', '::', '*', ''])('refuses every address at once: "%s"', (address) => {
    expect(() => listen({ address })).toThrow(CollectiveError);
    expect(() => listen({ address })).toThrow('expected the one address that other hosts reach this one at');
  });

  it('says which address it cannot have', () => {
    expect(() => listen({ address: '192.0.2.1' })).toThrow(
      '[collective] listening on tcp://192.0.2.1:0: Cannot assign requested address',
    );
  });
});
