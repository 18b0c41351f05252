/** Sizes, deadlines and intervals of the control plane, each with its reason. */
import type { ChannelOptions } from '@grpc/grpc-js';

/** Raised when a message changes its meaning; both sides must agree. */
export const protocolVersion = 1;

/** Shard records of some ten thousand tensors fit; bulk data never travels here. */
export const maxMessageBytes = 8 * 1024 * 1024;
export const maxTextBytes = 64 * 1024;
export const maxNameLength = 255;
export const maxWorkers = 4096;
/** Beyond it a reader is dropped rather than buffered for. */
export const maxWatchBacklog = 10_000;

export const heartbeatIntervalMs = 50;
/** Silence after which a worker is lost. A broken stream counts at once. */
export const heartbeatTimeoutMs = 5_000;
/** The same while a worker loads libraries or traces, which holds its event loop. */
export const startupTimeoutMs = 60_000;
export const joinTimeoutMs = 60_000;

/** Any call that only looks something up or writes a line. */
export const callDeadlineMs = 10_000;
/** A worker's wait in Join: longer than the coordinator's own limit, so that its reason arrives. */
export const joinDeadlineSlackMs = 15_000;
export const saveDeadlineMs = 600_000;

const shared: ChannelOptions = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
  'grpc.keepalive_time_ms': 5_000,
  // A worker that traces answers no ping, and sees late that its own was answered. Heartbeats tell sooner who is lost.
  'grpc.keepalive_timeout_ms': startupTimeoutMs,
};

export const serverOptions: ChannelOptions = { ...shared, 'grpc.max_concurrent_streams': 64 };

export const clientOptions: ChannelOptions = {
  ...shared,
  'grpc.keepalive_permit_without_calls': 1,
  // A proxy meant for the internet must not see a loopback call and its token.
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  // Closing one client must close its connection: a shared one would keep a dead worker's stream alive.
  'grpc.use_local_subchannel_pool': 1,
};
