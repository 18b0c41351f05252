/** What the control plane talks about, in plain TypeScript; codec/ translates to and from the wire. */

export const phases = ['starting', 'compiling', 'training', 'saving', 'sampling', 'stopping'] as const;
export type Phase = (typeof phases)[number];

export const commandKinds = ['stop', 'checkpoint', 'abort'] as const;
export type CommandKind = (typeof commandKinds)[number];

export const logLevels = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export const failureKinds = [
  'internal',
  'usage',
  'data',
  'checkpoint',
  'worker-lost',
  'coordinator',
  'setup',
  'training',
  'peer-lost',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export const leaveReasons = ['finished', 'stopped', 'failed'] as const;
export type LeaveReason = (typeof leaveReasons)[number];

export const runStates = ['joining', 'running', 'stopping', 'finished', 'stopped', 'failed'] as const;
export type RunState = (typeof runStates)[number];

export const workerStates = ['joined', 'live', 'left', 'lost'] as const;
export type WorkerState = (typeof workerStates)[number];

/** Which run, and which forming of its group of workers. */
export interface RunRef {
  runId: string;
  generation: number;
}

/** A worker's place in one generation. */
export interface Seat extends RunRef {
  rank: number;
}

/** What carries tensors between the workers. */
export const transports = ['shared-memory', 'zeromq'] as const;
export type Transport = (typeof transports)[number];

/** How other workers reach a worker with tensors. */
export interface DataAddress {
  /** Workers with the same one have a common memory. */
  hostId: string;
  /** '' where it can be reached through shared memory only. */
  endpoint: string;
  /** '' when nothing between workers is encrypted. */
  publicKey: string;
}

export interface Peer extends DataAddress {
  rank: number;
  host: string;
  pid: number;
  device: string;
}

export interface JoinRequest extends DataAddress {
  protocol: number;
  /** Random per process: asking again with the same one gives the same seat. */
  incarnation: string;
  host: string;
  pid: number;
  device: string;
  rank?: number | undefined;
  /** Empty, or the run that the worker expects. */
  runId: string;
}

export interface Assignment extends Seat {
  worldSize: number;
  /** The resolved configuration, as in the run folder's config.json. */
  configJson: string;
  /** Names the shared-memory segment of this generation. */
  groupName: string;
  /** Folder of the checkpoint to load, or ''. */
  resumeFrom: string;
  runFolder: string;
  heartbeatIntervalMs: number;
  heartbeatTimeoutMs: number;
  transport: Transport;
  /** In the order of ranks. */
  peers: Peer[];
}

export interface Progress {
  phase: Phase;
  step: number;
  images: number;
  kimg: number;
}

export interface Beat {
  seat: Seat;
  sequence: number;
  progress: Progress;
  sentAtMs: number;
}

export interface Command {
  id: number;
  kind: CommandKind;
  reason: string;
}

export interface Tick {
  tick: number;
  step: number;
  kimg: number;
  /** Losses by name, secondsPerKimg, imagesPerSecond, dataWaitMs, memoryBytes and the like. */
  values: Record<string, number>;
}

export interface LogEntry {
  level: LogLevel;
  /** 'coordinator' or 'rank N'; set by the coordinator. */
  source: string;
  message: string;
  /** A JSON object, or ''. */
  fieldsJson: string;
}

export interface TensorRecord {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly sha256: string;
  /** Of everything that is written now; older files do without. */
  readonly crc32c?: string;
}

export interface ShardRecord {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly tensors: readonly TensorRecord[];
}

export interface CheckpointOpening {
  staging: string;
  nonce: string;
  /** Why no staging folder could be made, or ''. */
  error: string;
  /** Set when this step is durable already. */
  committedPath: string;
}

export interface ShardReport {
  step: number;
  nonce: string;
  shard: ShardRecord | null;
  metaJson: string;
  expected: string[];
  /** Why this rank could not write its shard, or ''. */
  error: string;
}

export interface SaveResult {
  committed: boolean;
  path: string;
  error: string;
}

export interface Failure {
  kind: FailureKind;
  message: string;
  stack?: string | undefined;
  /** With 'peer-lost': the rank that went silent, if known. */
  suspect?: number | undefined;
}

export interface CheckpointSaved extends SaveResult {
  step: number;
  seconds: number;
}

export interface StopOptions {
  reason: string;
  /** Do not save: abort the workers at once. */
  now?: boolean | undefined;
  /** From a launcher that saw a worker die before it joined. */
  failure?: Failure | undefined;
}
