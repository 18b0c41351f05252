/** The launcher's and onlooker's side of the control plane: status, events, stop. */
import type { ServiceError } from '@grpc/grpc-js';
import type { Parsed } from './codec/fields.ts';
import { fromStatus } from './errors.ts';
import { callDeadlineMs } from './limits.ts';
import { methods } from './methods.ts';
import { RpcClient, unwrap, type ConnectOptions } from './rpc-client.ts';
import type { RunStatus, WatchedEvent } from './run-status.ts';
import type { RunRef, StopOptions } from './types.ts';

export class RunObserver {
  private readonly rpc: RpcClient;

  private constructor(rpc: RpcClient) {
    this.rpc = rpc;
  }

  static async connect(address: string, token: string, options: ConnectOptions = {}): Promise<RunObserver> {
    return new RunObserver(await RpcClient.connect(address, token, options));
  }

  getStatus(): Promise<RunStatus> {
    return this.rpc.unary(methods.getStatus, {}, callDeadlineMs);
  }

  /** Ends after the 'outcome' event; throws when the coordinator goes away before it. */
  async *watch(options: { afterSequence?: number } = {}): AsyncGenerator<WatchedEvent, void> {
    const stream = this.rpc.reading(methods.watch, { afterSequence: options.afterSequence ?? 0 });
    let failure: Error | undefined;
    // Also reached by the iterator; without a listener an error between two reads would end the process.
    stream.on('error', (error: ServiceError) => {
      failure = fromStatus(error, this.rpc.address);
    });
    try {
      for await (const parsed of stream) yield unwrap(parsed as Parsed<WatchedEvent>);
    } catch (error) {
      throw failure ?? error;
    } finally {
      stream.cancel();
    }
  }

  /** Asks for a checkpoint now; the 'checkpoint' event tells how it went. */
  async save(reason: string): Promise<RunRef> {
    return (await this.rpc.unary(methods.save, { reason }, callDeadlineMs)).run;
  }

  /** Asked again it changes nothing, unless with `now`. */
  async stop(options: StopOptions): Promise<RunRef> {
    return (await this.rpc.unary(methods.stop, options, callDeadlineMs)).run;
  }

  close(): void {
    this.rpc.close();
  }
}
