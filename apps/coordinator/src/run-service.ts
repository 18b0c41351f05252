/** What a run answers to its callers: every call of a worker is fenced here before anything of it counts. */
import {
  ControlError,
  type Assignment,
  type Beat,
  type BeatListener,
  type BeatStream,
  type ControlService,
} from '@kiln/control';
import { chooseTransport } from './data-plane.ts';
import type { Member } from './member.ts';
import type { Run } from './run.ts';

export function serveRun(run: Run): ControlService {
  const { seats, saves, events, options } = run;
  return {
    run: () => options.run,
    join: async (request, gone) => assignment(run, await run.join(request, gone)),
    heartbeat: (stream) => listen(run, stream),
    agreeStep: async ({ seat, commandId, started }) => {
      const { rank } = seats.authorize(seat);
      const last = run.commands.length;
      if (commandId < 1 || commandId > last)
        throw new ControlError('invalid', `command_id: expected 1 to ${last}, got ${commandId}`);
      return run.agreement.agree(commandId, rank, started);
    },
    reportTick: async ({ seat, tick }) => {
      const { rank, title } = seats.authorize(seat);
      if (rank !== 0)
        throw new ControlError('invalid', `ticks are reported by rank 0, got one from ${title}`);
      await run.tick(tick);
    },
    reportLog: async ({ seat, entry }) => run.log({ ...entry, source: `rank ${seats.authorize(seat).rank}` }),
    beginCheckpoint: async ({ seat, step, permanent }) =>
      saves.begin(seats.authorize(seat).rank, step, permanent),
    reportShard: async ({ seat, ...report }) => saves.report(seats.authorize(seat).rank, report),
    leave: async ({ seat, reason, failure, progress }) => {
      const member = seats.authorize(seat);
      member.progress = progress;
      run.leave(member, reason, failure);
    },
    getStatus: async () => run.status(),
    watch: (afterSequence, sink) => events.watch(afterSequence, sink),
    save: async (reason) => run.save(reason),
    stop: async (stop) => run.stop(stop),
  };
}

function assignment({ options, seats }: Run, { rank }: Member): Assignment {
  const { run, runFolder, worldSize, timings, config, resume, transport } = options;
  return {
    ...run,
    rank,
    worldSize,
    configJson: JSON.stringify(config),
    groupName: `kiln-${run.runId}-${run.generation}`,
    resumeFrom: resume?.path ?? '',
    runFolder,
    heartbeatIntervalMs: timings.heartbeatIntervalMs,
    heartbeatTimeoutMs: timings.heartbeatTimeoutMs,
    transport: chooseTransport(transport, seats.members),
    peers: seats.members.map(
      ({ rank: peer, request: { host, pid, device, hostId, endpoint, publicKey } }) => ({
        rank: peer,
        host,
        pid,
        device,
        hostId,
        endpoint,
        publicKey,
      }),
    ),
  };
}

function listen(run: Run, stream: BeatStream): BeatListener {
  let member: Member | undefined;
  return {
    onBeat: (beat: Beat) => {
      const holder = run.seats.authorize(beat.seat);
      if (!member) {
        run.attach(holder, stream);
        member = holder;
      }
      if (holder !== member) throw new ControlError('invalid', 'a heartbeat stream speaks for one seat only');
      member.beat(beat, performance.now());
    },
    onEnd: () => {
      if (member) run.lose(member, 'was killed or crashed: its connection broke');
    },
  };
}
