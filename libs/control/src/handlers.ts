/** gRPC's handlers for a ControlService: one adapter per kind of call. */
import type {
  Server,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  sendUnaryData,
} from '@grpc/grpc-js';
import type { Parsed } from './codec/fields.ts';
import { ControlError, toStatus } from './errors.ts';
import { maxWatchBacklog } from './limits.ts';
import { methods, type Method } from './methods.ts';
import type { WatchedEvent } from './run-status.ts';
import type { ControlService } from './service.ts';
import type { Beat, Command, RunRef } from './types.ts';

export function bind(server: Server, service: ControlService): void {
  const run = (): { run: RunRef } => ({ run: service.run() });
  unary(server, methods.join, (request, gone) => service.join(request, gone));
  unary(server, methods.agreeStep, async (request) => ({ step: await service.agreeStep(request), ...run() }));
  unary(server, methods.reportTick, async (request) => (await service.reportTick(request), run()));
  unary(server, methods.reportLog, async (request) => (await service.reportLog(request), run()));
  unary(server, methods.beginCheckpoint, async (request) => ({
    ...(await service.beginCheckpoint(request)),
    ...run(),
  }));
  unary(server, methods.reportShard, async (request) => ({
    ...(await service.reportShard(request)),
    ...run(),
  }));
  unary(server, methods.leave, async (request) => (await service.leave(request), run()));
  unary(server, methods.getStatus, () => service.getStatus());
  unary(server, methods.save, async (request) => (await service.save(request.reason), run()));
  unary(server, methods.stop, async (request) => (await service.stop(request), run()));
  server.register(methods.heartbeat.path, heartbeat(service), ...codecsOf(methods.heartbeat), 'bidi');
  server.register(methods.watch.path, watch(service), ...codecsOf(methods.watch), 'serverStream');
}

function unary<Request, Response>(
  server: Server,
  method: Method<Request, Response>,
  answer: (request: Request, gone: AbortSignal) => Promise<Response>,
): void {
  const handler = async (
    call: ServerUnaryCall<Parsed<Request>, Response>,
    callback: sendUnaryData<Response>,
  ): Promise<void> => {
    const gone = new AbortController();
    call.on('cancelled', () => gone.abort());
    try {
      callback(null, await answer(unwrapRequest(call.request), gone.signal));
    } catch (error) {
      callback(toStatus(error));
    }
  };
  server.register(method.path, handler, ...codecsOf(method), 'unary');
}

function heartbeat(service: ControlService) {
  return (stream: ServerDuplexStream<Parsed<Beat>, { run: RunRef; command: Command }>): void => {
    let over = false;
    const end = (error?: Error): void => {
      if (over) return;
      over = true;
      if (error) stream.emit('error', toStatus(error));
      else stream.end();
      listener.onEnd();
    };
    const listener = service.heartbeat({
      send: (run, command) => {
        if (!over) stream.write({ run, command });
      },
      end,
    });
    stream.on('data', (parsed: Parsed<Beat>) => {
      if (over) return;
      try {
        listener.onBeat(unwrapRequest(parsed));
      } catch (error) {
        end(ControlError.from(error));
      }
    });
    stream.on('end', () => end());
    stream.on('cancelled', () => end());
    stream.on('error', () => end());
  };
}

function watch(service: ControlService) {
  return (stream: ServerWritableStream<Parsed<{ afterSequence: number }>, WatchedEvent>): void => {
    let over = false;
    let leave: (() => void) | undefined;
    const stop = (): void => {
      over = true;
      leave?.();
    };
    stream.on('cancelled', stop);
    stream.on('error', stop);
    try {
      const { afterSequence } = unwrapRequest(stream.request);
      leave = service.watch(afterSequence, {
        send: (event) => {
          if (over) return false;
          stream.write(event);
          if (stream.writableLength <= maxWatchBacklog) return true;
          over = true;
          stream.emit('error', toStatus(new ControlError('too-large', 'this watcher reads too slowly')));
          return false;
        },
        end: () => {
          over = true;
          stream.end();
        },
      });
    } catch (error) {
      stream.emit('error', toStatus(error));
    }
  };
}

function unwrapRequest<T>(parsed: Parsed<T>): T {
  if (parsed.error !== undefined) throw new ControlError('invalid', parsed.error);
  return parsed.value;
}

const codecsOf = <Request, Response>(method: Method<Request, Response>) =>
  [method.responseSerialize, method.requestDeserialize] as const;
