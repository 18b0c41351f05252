/** One connection to a coordinator: typed calls with a deadline, the token and our errors. */
import { Client, credentials, type ClientDuplexStream, type ClientReadableStream } from '@grpc/grpc-js';
import { formatAddress, needsTls, parseAddress } from './address.ts';
import type { Parsed } from './codec/fields.ts';
import { ControlError, fromStatus } from './errors.ts';
import { callDeadlineMs, clientOptions } from './limits.ts';
import type { Method } from './methods.ts';
import { coordinatorName, type TlsIdentity } from './tls.ts';
import { tokenMetadata } from './token.ts';

export interface ConnectOptions {
  timeoutMs?: number | undefined;
  /** Of the run's control.json, if there is one in it. */
  tls?: TlsIdentity | undefined;
}

export class RpcClient {
  readonly address: string;
  private readonly client: Client;
  private readonly token: string;

  private constructor(address: string, token: string, tls: TlsIdentity | undefined) {
    this.address = address;
    this.token = token;
    this.client = tls
      ? new Client(
          address,
          credentials.createSsl(
            Buffer.from(tls.authority),
            Buffer.from(tls.key),
            Buffer.from(tls.certificate),
          ),
          { ...clientOptions, 'grpc.ssl_target_name_override': coordinatorName },
        )
      : new Client(address, credentials.createInsecure(), clientOptions);
  }

  /** Refuses an address that would carry the token off this host in the clear. */
  static async connect(
    address: string,
    token: string,
    { timeoutMs = callDeadlineMs, tls }: ConnectOptions = {},
  ): Promise<RpcClient> {
    const where = parseAddress(address);
    if (needsTls(where) && tls === undefined) {
      throw new ControlError(
        'insecure-address',
        `--coordinator: ${address} is not on this host, and the control.json has no certificate for it; copy the file of a coordinator that was started with --listen <address of its host>:<port>`,
      );
    }
    const rpc = new RpcClient(formatAddress(where), token, tls);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    rpc.client.waitForReady(Date.now() + timeoutMs, (error) => (error ? reject(error) : resolve()));
    try {
      await promise;
      return rpc;
    } catch (cause) {
      rpc.close();
      throw new ControlError(
        'unavailable',
        `no coordinator answers at ${address} (waited ${timeoutMs / 1000} s); is the run over? see kiln status`,
        { cause },
      );
    }
  }

  async unary<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    deadlineMs: number,
  ): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Parsed<Response>>();
    this.client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      tokenMetadata(this.token),
      { deadline: Date.now() + deadlineMs },
      (error, response) => {
        if (error) reject(fromStatus(error, this.address));
        else resolve(response as Parsed<Response>);
      },
    );
    return unwrap(await promise);
  }

  duplex<Request, Response>(
    method: Method<Request, Response>,
  ): ClientDuplexStream<Request, Parsed<Response>> {
    return this.client.makeBidiStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      tokenMetadata(this.token),
    );
  }

  reading<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
  ): ClientReadableStream<Parsed<Response>> {
    return this.client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      tokenMetadata(this.token),
    );
  }

  close(): void {
    this.client.close();
  }
}

/** A well-formed answer, or an error that says what is wrong with it. */
export function unwrap<T>(parsed: Parsed<T>): T {
  if (parsed.error !== undefined)
    throw new ControlError('protocol', `the coordinator's answer: ${parsed.error}`);
  return parsed.value;
}
