/** A worker's heartbeat: beats up at a fixed interval, commands down, and the news when the coordinator is gone. */
import { performance } from 'node:perf_hooks';
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import type { Parsed } from './codec/fields.ts';
import { ControlError, fromStatus } from './errors.ts';
import { methods } from './methods.ts';
import { unwrap, type RpcClient } from './rpc-client.ts';
import type { Beat, Command, Progress, RunRef, Seat } from './types.ts';

export interface HeartbeatHandlers {
  onCommand(command: Command): void;
  /** Called once, when the stream ends before `stop()`: the coordinator is gone or has refused this seat. */
  onLost?(error: ControlError): void;
}

export interface Heartbeat {
  /** Says what to report from now on and who hears the commands; those that came before are handed over. */
  attach(progress: () => Progress, handlers: HeartbeatHandlers): void;
  /** Sends one now, out of turn: for a change of phase before something that holds the event loop. */
  beat(): void;
  /** No further beat, and no news of a loss: a beat that arrived after the farewell would be refused as a stranger's. */
  rest(): void;
  stop(): void;
}

type Down = Parsed<{ run: RunRef; command: Command }>;

const nothingYet = (): Progress => ({ phase: 'starting', step: 0, images: 0, kimg: 0 });

/** Beats from the first moment, as 'starting': a worker that dies before it has anything to report is missed as well. */
export function openHeartbeat(rpc: RpcClient, seat: Seat, intervalMs: number): Heartbeat {
  const stream: ClientDuplexStream<Beat, Down> = rpc.duplex(methods.heartbeat);
  const early: ((handlers: HeartbeatHandlers) => void)[] = [];
  let progress = nothingYet;
  let handlers: HeartbeatHandlers | undefined;
  let sequence = 0;
  let over = false;

  const tell = (news: (handlers: HeartbeatHandlers) => void): void => {
    if (handlers) news(handlers);
    else early.push(news);
  };
  const beat = (): void => {
    // A coordinator that does not read must not fill our memory: it sees the gap as lateness.
    if (over || stream.writableNeedDrain) return;
    sequence += 1;
    stream.write({ seat, sequence, progress: progress(), sentAtMs: performance.now() });
  };
  const timer = setInterval(beat, intervalMs);
  const end = (error?: ControlError): void => {
    if (over) return;
    over = true;
    clearInterval(timer);
    if (error) tell(({ onLost }) => onLost?.(error));
  };

  stream.on('data', (down: Down) => {
    try {
      const { run, command } = unwrap(down);
      if (run.runId === seat.runId && run.generation === seat.generation)
        tell(({ onCommand }) => onCommand(command));
    } catch (error) {
      stream.cancel();
      end(ControlError.from(error));
    }
  });
  stream.on('error', (error: ServiceError) => end(fromStatus(error, rpc.address)));
  stream.on('end', () =>
    end(new ControlError('unavailable', `coordinator at ${rpc.address}: it closed the heartbeat`)),
  );
  beat();

  return {
    attach: (source, receivers) => {
      progress = source;
      handlers = receivers;
      for (const news of early.splice(0)) news(receivers);
    },
    beat,
    rest: () => end(),
    stop: () => {
      end();
      stream.end();
    },
  };
}
