/** An encrypted server: who may speak to it, and to whom its callers speak. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needsTls, parseAddress } from './address.ts';
import { ControlError } from './errors.ts';
import { methods } from './methods.ts';
import { RpcClient } from './rpc-client.ts';
import { serveControl, type ControlServer } from './server.ts';
import { refusingService } from './testing/refusing-service.ts';
import { makeRunIdentities } from './run-identities.ts';
import type { RunIdentities } from './tls.ts';

const service = refusingService(async () => {
  throw new ControlError('invalid', 'it was asked');
});

let ours: RunIdentities;
let others: RunIdentities;
let server: ControlServer;
beforeAll(async () => {
  [ours, others] = await Promise.all([makeRunIdentities(), makeRunIdentities()]);
  server = await serveControl({
    listen: parseAddress('127.0.0.1:0'),
    token: 'secret',
    service,
    tls: ours.coordinator,
  });
});
afterAll(() => server.close(0));

describe('a server with TLS', () => {
  it('hears who holds the certificate and the token of its run', async () => {
    const rpc = await RpcClient.connect(server.address, 'secret', { timeoutMs: 5_000, tls: ours.holder });
    await expect(rpc.unary(methods.getStatus, {}, 5_000)).rejects.toThrow('it was asked');
    rpc.close();
    const guesser = await RpcClient.connect(server.address, 'guess', { timeoutMs: 5_000, tls: ours.holder });
    await expect(guesser.unary(methods.getStatus, {}, 5_000)).rejects.toThrow('[control/unauthenticated]');
    guesser.close();
  });

  it.each([
    ['no TLS', () => undefined],
    ['the certificate of another run', () => others.holder],
    [
      "another run's certificate, though it trusts this one",
      () => ({ ...others.holder, authority: ours.holder.authority }),
    ],
    [
      "this run's certificate, but trusts another one",
      () => ({ ...ours.holder, authority: others.holder.authority }),
    ],
  ])('does not answer a caller with %s', async (_, tls) => {
    const asking = RpcClient.connect(server.address, 'secret', { timeoutMs: 1_000, tls: tls() }).then(
      async (rpc) => rpc.unary(methods.getStatus, {}, 1_000).finally(() => rpc.close()),
    );
    await expect(asking).rejects.toThrow(/\[control\/(unavailable|unauthenticated|deadline)/);
    await expect(asking).rejects.not.toThrow('it was asked');
  });
});

describe('an address beyond this host', () => {
  it.each(['10.0.0.1:80', '0.0.0.0:80', '[::]:80', 'example.org:80', '[::ffff:8.8.8.8]:80'])(
    '%s is neither listened on nor called without TLS',
    async (text) => {
      expect(needsTls(parseAddress(text))).toBe(true);
      await expect(serveControl({ listen: parseAddress(text), token: 't', service })).rejects.toThrow(
        /\[control\/insecure-address\] --listen: .* can be reached by others and needs TLS/,
      );
      await expect(RpcClient.connect(text, 't')).rejects.toThrow(
        /\[control\/insecure-address\] --coordinator: .* is not on this host, and the control.json has no certificate for it/,
      );
    },
  );
});
