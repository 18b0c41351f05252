/** The messages between a worker and the coordinator. */
import { kiln } from '../gen/control.js';
import { maxMessageBytes, maxWorkers } from '../limits.ts';
import { commandKinds, leaveReasons, transports, type ShardRecord } from '../types.ts';
import type {
  Assignment,
  Beat,
  CheckpointOpening,
  Command,
  DataAddress,
  Failure,
  JoinRequest,
  LeaveReason,
} from '../types.ts';
import type { LogEntry, Progress, RunRef, SaveResult, Seat, ShardReport, Tick } from '../types.ts';
import { codec } from './codec.ts';
import { enumNumber, type Fields } from './fields.ts';
import { readFailure, readLog, readProgress, readRun, readSeat, readTick } from './parts.ts';
import { writeFailure, writeLog, writeProgress, type Partly } from './parts.ts';

const wire = kiln.control.v1;

const readDataAddress = (
  sent: { [K in keyof DataAddress]?: string | null | undefined },
  fields: Fields,
): DataAddress => ({
  hostId: fields.name(sent.hostId, 'host_id'),
  endpoint: fields.name(sent.endpoint, 'endpoint'),
  publicKey: fields.name(sent.publicKey, 'public_key'),
});

export const joinRequest = codec(
  'JoinRequest',
  wire.JoinRequest,
  (ask: JoinRequest) => ({ ...ask, rank: ask.rank ?? null }),
  (sent, fields) => ({
    protocol: fields.count(sent.protocol, 'protocol'),
    incarnation: fields.name(sent.incarnation, 'incarnation'),
    host: fields.name(sent.host, 'host'),
    pid: fields.count(sent.pid, 'pid'),
    device: fields.name(sent.device, 'device'),
    rank: fields.optionalCount(sent.rank, 'rank', maxWorkers),
    runId: fields.name(sent.runId, 'run_id'),
    ...readDataAddress(sent, fields),
  }),
);

export const joinResponse = codec(
  'JoinResponse',
  wire.JoinResponse,
  ({ runId, generation, transport, ...rest }: Assignment) => ({
    ...rest,
    run: { runId, generation },
    transport: enumNumber(transports, transport),
  }),
  (sent, fields): Assignment => ({
    ...readRun(sent.run, fields),
    rank: fields.count(sent.rank, 'rank', maxWorkers),
    worldSize: fields.count(sent.worldSize, 'world_size', maxWorkers),
    configJson: fields.text(sent.configJson, 'config_json', maxMessageBytes),
    groupName: fields.name(sent.groupName, 'group_name'),
    resumeFrom: fields.text(sent.resumeFrom, 'resume_from'),
    runFolder: fields.text(sent.runFolder, 'run_folder'),
    heartbeatIntervalMs: fields.count(sent.heartbeatIntervalMs, 'heartbeat_interval_ms'),
    heartbeatTimeoutMs: fields.count(sent.heartbeatTimeoutMs, 'heartbeat_timeout_ms'),
    transport: fields.choice(sent.transport, transports, 'transport'),
    peers: (sent.peers ?? []).map((peer) => ({
      rank: fields.count(peer.rank, 'peers.rank', maxWorkers),
      host: fields.name(peer.host, 'peers.host'),
      pid: fields.count(peer.pid, 'peers.pid'),
      device: fields.name(peer.device, 'peers.device'),
      ...readDataAddress(peer, fields),
    })),
  }),
);

export const heartbeatRequest = codec(
  'HeartbeatRequest',
  wire.HeartbeatRequest,
  (beat: Beat) => ({ ...beat, progress: writeProgress(beat.progress) }),
  (sent, fields) => ({
    seat: readSeat(sent.seat, fields),
    sequence: fields.count(sent.sequence, 'sequence'),
    progress: readProgress(sent.progress, fields),
    sentAtMs: fields.finite(sent.sentAtMs, 'sent_at_ms'),
  }),
);

export const heartbeatResponse = codec(
  'HeartbeatResponse',
  wire.HeartbeatResponse,
  ({ run, command }: { run: RunRef; command: Command }) => ({
    run,
    command: { ...command, kind: enumNumber(commandKinds, command.kind) },
  }),
  (sent, fields) => {
    const command: Partly<'Command'> = fields.required(sent.command, 'command', {});
    return {
      run: readRun(sent.run, fields),
      command: {
        id: fields.count(command.id, 'command.id'),
        kind: fields.choice(command.kind, commandKinds, 'command.kind'),
        reason: fields.text(command.reason, 'command.reason'),
      },
    };
  },
);

export const agreeStepRequest = codec(
  'AgreeStepRequest',
  wire.AgreeStepRequest,
  (ask: { seat: Seat; commandId: number; started: number }) => ask,
  (sent, fields) => ({
    seat: readSeat(sent.seat, fields),
    commandId: fields.count(sent.commandId, 'command_id'),
    started: fields.count(sent.started, 'started'),
  }),
);

export const agreeStepResponse = codec(
  'AgreeStepResponse',
  wire.AgreeStepResponse,
  (answer: { run: RunRef; step: number }) => answer,
  (sent, fields) => ({ run: readRun(sent.run, fields), step: fields.count(sent.step, 'step') }),
);

export const reportTickRequest = codec(
  'ReportTickRequest',
  wire.ReportTickRequest,
  (report: { seat: Seat; tick: Tick }) => report,
  (sent, fields) => ({ seat: readSeat(sent.seat, fields), tick: readTick(sent.tick, fields) }),
);

export const reportLogRequest = codec(
  'ReportLogRequest',
  wire.ReportLogRequest,
  ({ seat, entry }: { seat: Seat; entry: LogEntry }) => ({ seat, entry: writeLog(entry) }),
  (sent, fields) => ({ seat: readSeat(sent.seat, fields), entry: readLog(sent.entry, fields) }),
);

export const beginCheckpointRequest = codec(
  'BeginCheckpointRequest',
  wire.BeginCheckpointRequest,
  (ask: { seat: Seat; step: number; permanent: boolean }) => ask,
  (sent, fields) => ({
    seat: readSeat(sent.seat, fields),
    step: fields.count(sent.step, 'step'),
    permanent: sent.permanent ?? false,
  }),
);

export const beginCheckpointResponse = codec(
  'BeginCheckpointResponse',
  wire.BeginCheckpointResponse,
  (answer: CheckpointOpening & { run: RunRef }) => answer,
  (sent, fields) => ({
    run: readRun(sent.run, fields),
    staging: fields.text(sent.staging, 'staging'),
    nonce: fields.name(sent.nonce, 'nonce'),
    error: fields.text(sent.error, 'error'),
    committedPath: fields.text(sent.committedPath, 'committed_path'),
  }),
);

export const reportShardRequest = codec(
  'ReportShardRequest',
  wire.ReportShardRequest,
  (report: ShardReport & { seat: Seat }) => ({ ...report, shard: report.shard && writeShard(report.shard) }),
  (sent, fields) => ({
    seat: readSeat(sent.seat, fields),
    step: fields.count(sent.step, 'step'),
    nonce: fields.name(sent.nonce, 'nonce'),
    shard: sent.shard ? readShard(sent.shard, fields) : null,
    metaJson: fields.text(sent.metaJson, 'meta_json', maxMessageBytes),
    expected: (sent.expected ?? []).map((name) => fields.text(name, 'expected')),
    error: fields.text(sent.error, 'error'),
  }),
);

const writeShard = (shard: ShardRecord): Partly<'ShardRecord'> => ({
  ...shard,
  tensors: shard.tensors.map((tensor) => ({ ...tensor, shape: [...tensor.shape] })),
});

const readShard = (sent: Partly<'ShardRecord'>, fields: Fields): ShardRecord => ({
  file: fields.name(sent.file, 'shard.file'),
  bytes: fields.count(sent.bytes, 'shard.bytes'),
  sha256: fields.name(sent.sha256, 'shard.sha256'),
  tensors: (sent.tensors ?? []).map((tensor) => ({
    name: fields.text(tensor.name, 'shard.tensors.name'),
    dtype: fields.name(tensor.dtype, 'shard.tensors.dtype'),
    shape: (tensor.shape ?? []).map((size) => fields.count(size, 'shard.tensors.shape')),
    sha256: fields.name(tensor.sha256, 'shard.tensors.sha256'),
    crc32c: fields.name(tensor.crc32c, 'shard.tensors.crc32c'),
  })),
});

export const reportShardResponse = codec(
  'ReportShardResponse',
  wire.ReportShardResponse,
  (answer: SaveResult & { run: RunRef }) => answer,
  (sent, fields) => ({
    run: readRun(sent.run, fields),
    committed: sent.committed ?? false,
    path: fields.text(sent.path, 'path'),
    error: fields.text(sent.error, 'error'),
  }),
);

export const leaveRequest = codec(
  'LeaveRequest',
  wire.LeaveRequest,
  (leave: { seat: Seat; reason: LeaveReason; failure: Failure | undefined; progress: Progress }) => ({
    seat: leave.seat,
    reason: enumNumber(leaveReasons, leave.reason),
    failure: leave.failure ? writeFailure(leave.failure) : null,
    progress: writeProgress(leave.progress),
  }),
  (sent, fields) => ({
    seat: readSeat(sent.seat, fields),
    reason: fields.choice(sent.reason, leaveReasons, 'reason'),
    failure: readFailure(sent.failure, fields),
    progress: readProgress(sent.progress, fields),
  }),
);

/** All answers that say only which run gave them have this shape. */
export const acknowledgement = codec(
  'Response',
  wire.LeaveResponse,
  (answer: { run: RunRef }) => answer,
  (sent, fields) => ({ run: readRun(sent.run, fields) }),
);
