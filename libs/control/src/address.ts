/** Where a coordinator listens: a Unix socket or TCP, which beyond loopback needs TLS. Pure. */
import { isIPv4, isIPv6 } from 'node:net';
import { isAbsolute } from 'node:path';
import { ControlError } from './errors.ts';

export type Address = { kind: 'unix'; path: string } | { kind: 'tcp'; host: string; port: number };

/** sun_path holds 108 bytes with its end; some systems 104. */
export const maxSocketPathBytes = 100;

const forms = 'use unix:/absolute/path or host:port';

/** Reads `unix:/path`, `host:port` or `[ipv6]:port`; `option` is what the message tells the user to change. */
export function parseAddress(text: string, option = '--coordinator'): Address {
  if (text.startsWith('unix:')) return { kind: 'unix', path: socketPath(text.slice('unix:'.length), option) };
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) throw new ControlError('bad-address', `${option}: ${forms}, got "${text}"`);
  const host = match[1] ?? match[2] ?? '';
  return { kind: 'tcp', host: host === 'localhost' ? '127.0.0.1' : host, port };
}

/** Whether others can reach it, so that neither the token nor anything else may travel in the clear. */
export const needsTls = (address: Address): boolean => address.kind === 'tcp' && !isLoopback(address.host);

/** No name but localhost counts: what a name resolves to is not ours to trust. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  if (isIPv4(host)) return host.startsWith('127.');
  return isIPv6(host) && /^(0*:)*:?0*1$/.test(host);
}

/** The text form, which is also gRPC's target. */
export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`;
  return `${isIPv6(address.host) ? `[${address.host}]` : address.host}:${address.port}`;
}

function socketPath(path: string, option: string): string {
  if (!isAbsolute(path)) throw new ControlError('bad-address', `${option}: ${forms}, got "unix:${path}"`);
  const bytes = Buffer.byteLength(path);
  if (bytes > maxSocketPathBytes) {
    throw new ControlError(
      'bad-address',
      `${option}: a socket path has at most ${maxSocketPathBytes} bytes, got ${bytes} ("${path}"); use a shorter one`,
    );
  }
  return path;
}
