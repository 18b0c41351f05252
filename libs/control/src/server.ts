/** Serves a ControlService: binds the address, checks tokens, turns results and errors into gRPC's. */
import { chmod, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { formatAddress, needsTls, type Address } from './address.ts';
import { authenticate } from './authenticate.ts';
import { ControlError } from './errors.ts';
import { bind } from './handlers.ts';
import { serverOptions } from './limits.ts';
import type { TlsIdentity } from './tls.ts';
import type { ControlService } from './service.ts';

export interface ServeOptions {
  listen: Address;
  token: string;
  /** Beyond this host: what to show callers, who must show a certificate of the same authority. */
  tls?: TlsIdentity | undefined;
  service: ControlService;
  onRefused?: ((peer: string, path: string) => void) | undefined;
}

export interface ControlServer {
  /** With the port that was given where 0 was asked for. */
  address: string;
  /** Lets open calls end for `graceMs`, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

export async function serveControl(options: ServeOptions): Promise<ControlServer> {
  const { listen, token, service, tls } = options;
  if (needsTls(listen) && tls === undefined) {
    throw new ControlError(
      'insecure-address',
      `--listen: ${formatAddress(listen)} can be reached by others and needs TLS`,
    );
  }
  const server = new Server({
    ...serverOptions,
    interceptors: [authenticate(token, options.onRefused ?? (() => undefined))],
  });
  bind(server, service);
  const port = await listenOn(server, listen, tls);
  if (listen.kind === 'unix') await chmod(listen.path, 0o600);
  return {
    address: formatAddress(listen.kind === 'tcp' ? { ...listen, port } : listen),
    close: async (graceMs = 2_500) => {
      await shutDown(server, graceMs);
      if (listen.kind === 'unix') await rm(listen.path, { force: true });
    },
  };
}

function credentialsOf(tls: TlsIdentity | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) };
  return ServerCredentials.createSsl(Buffer.from(tls.authority), [pair], true);
}

async function listenOn(server: Server, listen: Address, tls: TlsIdentity | undefined): Promise<number> {
  await probe(listen);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync(formatAddress(listen), credentialsOf(tls), (error, port) =>
    error ? reject(error) : resolve(port),
  );
  try {
    return await promise;
  } catch (cause) {
    throw cannotListen(listen, cause);
  }
}

/** gRPC writes its own lines on the terminal when it cannot bind; asking first keeps ours the only one. */
async function probe(listen: Address): Promise<void> {
  try {
    await bindOnce(listen);
  } catch (cause) {
    if (listen.kind !== 'unix' || !(await isLeftOver(listen.path))) throw cannotListen(listen, cause);
    await rm(listen.path);
  }
}

async function bindOnce(listen: Address): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const attempt = createServer();
  attempt.once('error', reject);
  const where = listen.kind === 'unix' ? { path: listen.path } : { host: listen.host, port: listen.port };
  attempt.listen({ ...where, exclusive: true }, () => attempt.close(() => resolve()));
  await promise;
}

/** Whether nobody listens on this socket any more: its process was killed. */
async function isLeftOver(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const attempt = connect({ path }, () => resolve(false));
  attempt.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  const refused = await promise;
  attempt.destroy();
  return refused && (await stat(path)).isSocket();
}

function cannotListen(listen: Address, cause: unknown): ControlError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const address = formatAddress(listen);
  if (text.includes('EADDRINUSE')) {
    const way =
      listen.kind === 'tcp'
        ? `pass another port, ${listen.host}:0 for any, or --listen unix`
        : 'pass another --listen';
    return new ControlError('port-in-use', `--listen ${address} is in use by another process; ${way}`, {
      cause,
    });
  }
  if (text.includes('EACCES')) {
    return new ControlError(
      'bad-address',
      `--listen ${address}: permission denied; pass a port from 1024 on`,
      { cause },
    );
  }
  return new ControlError('bad-address', `--listen ${address}: ${text}`, { cause });
}

async function shutDown(server: Server, graceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    server.forceShutdown();
    // A stopped peer never closes its side, and Node would wait for that: it is not waited for here.
    resolve();
  }, graceMs);
  server.tryShutdown(() => resolve());
  await promise;
  clearTimeout(timer);
}
