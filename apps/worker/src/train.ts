/** One worker's part of a run, from joining to leaving. The chapters are the log: a stuck worker is past its last line. */
import { readManifest } from '@kiln/checkpoints';
import { abortGroup, joinGroup, leaveGroup } from '@kiln/collectives';
import type { Assignment, ControlClient } from '@kiln/control';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { Trainer, TrainingError, type StepReport } from '@kiln/training';
import { changedData } from './changed-data.ts';
import { Collapse } from './collapse.ts';
import { CollapseGuard } from './collapse-guard.ts';
import { scalarsOf } from './evaluation/evaluation.ts';
import { ScheduledEvaluation } from './evaluation/scheduled-evaluation.ts';
import { Measurements } from './measurements.ts';
import { reportTick } from './report-tick.ts';
import { buildGame, dataOfRun, findRecipe } from './resolve-config.ts';
import { dataOf, type RunConfig } from './run-config.ts';
import { RunEvents } from './run-events.ts';
import { Saver } from './saver.ts';
import { readSnapshot } from './snapshots.ts';
import { Standing } from './standing.ts';
import { StepProfiler } from './step-profiler.ts';
import { TickMeter } from './tick-meter.ts';
import { exitNameOf, WorkerError } from './worker-error.ts';

export interface TrainContext {
  readonly client: ControlClient;
  readonly assignment: Assignment;
  readonly threads: number;
  /** What loading TensorFlow's library took. */
  readonly loadMs: number;
  /** Of this worker: `cpu`, or one GPU of its machine. */
  readonly device: string;
}

/** Returns how the run ended for this worker. Throws what made it fail. */
export async function train({
  client,
  assignment,
  threads,
  device,
  loadMs,
}: TrainContext): Promise<'finished' | 'stopped'> {
  const config = JSON.parse(assignment.configJson) as RunConfig;
  const { rank, worldSize, generation } = assignment;
  const log = (message: string, fields?: Record<string, number>): Promise<void> =>
    client.log('info', message, fields);
  const standing = new Standing();
  client.startHeartbeat(() => standing.progress, {
    onCommand: ({ kind, reason }) => {
      if (kind === 'stop') standing.stop = true;
      if (kind === 'checkpoint') standing.checkpoint = true;
      if (kind === 'abort') {
        standing.lost ??= new WorkerError('worker-lost', reason);
        abortGroup(reason);
      }
    },
    onLost: (error) => {
      standing.lost ??= error;
      abortGroup(error.message);
    },
  });
  standing.tellOfCompiling(() => client.beat());

  // Asked of one worker alone, all of them stop after the same step.
  process.once('SIGTERM', () => (standing.stop = true));

  await log('starting TensorFlow');
  startEngine({ device, intraOpThreads: threads, interOpThreads: 2 });

  const { groupName: name, transport, peers } = assignment;
  await log(`joining ${worldSize} workers over ${transport}`);
  if (worldSize > 1)
    await joinGroup({ name, rank, worldSize, generation, ...(transport === 'zeromq' ? { peers } : {}) });

  const data = dataOf(config);
  await log(`opening the data (${data.source})`);
  const dataset = await dataOfRun(openDataset(data));

  await log(`building ${config.recipe}`);
  const game = buildGame(findRecipe(config.recipe), config.settings, dataset);
  const resumed = assignment.resumeFrom !== '';
  const trainer = await Trainer.create(
    {
      game,
      dataset,
      seed: config.seed,
      batch: config.batch,
      accumulate: config.accumulate,
      rank,
      batchStatistics: config.batchStatistics,
      precision: config.precision,
      bucketBytes: config.bucketBytes,
      xla: config.xla ?? false,
    },
    // Not kept in a variable, which would hold its memory as long as the run.
    resumed ? await readSnapshot(assignment.resumeFrom) : undefined,
  );
  await trainer.openFeed();
  if (resumed) await log(`resumed at step ${trainer.step} from ${assignment.resumeFrom}`);
  if (resumed && rank === 0) {
    const warning = changedData((await readManifest(assignment.resumeFrom)).meta, dataset.fingerprint);
    if (warning !== undefined) await client.log('warn', warning);
  }

  if (config.evaluation !== undefined)
    await log(`opening ${config.evaluation.extractor.name} and statistics of the data`);
  const evaluation = await ScheduledEvaluation.open({
    runFolder: assignment.runFolder,
    config,
    trainer,
    warn: (message) => void client.log('warn', message),
  });

  const meta = {
    configJson: assignment.configJson,
    data: dataset.fingerprint,
    versions: { kiln: '0.1.0', tensorflow: '2.21.0', node: process.version },
  };
  const measurements = new Measurements(config.keepBest);
  const events = rank === 0 ? await RunEvents.open(assignment.runFolder, config, trainer) : undefined;
  const guard = new CollapseGuard({
    onCollapse: config.onCollapse,
    warn: async (message, step) => {
      events?.warning(message, step);
      await client.log('warn', message);
    },
  });
  const saver = new Saver({
    client,
    assignment,
    config,
    trainer,
    meta,
    measured: () => measurements.newest,
    goodStep: () => guard.goodStep,
  });
  if (events !== undefined && !resumed) {
    await events.samples(0, 0);
    await events.histograms(0);
  }

  await log('compiling the step');
  let meter = new TickMeter(config.tickKimg, trainer.cursor);
  standing.step = trainer.step;
  standing.images = trainer.cursor;
  const profiler = new StepProfiler({
    runFolder: assignment.runFolder,
    rank,
    numSteps: config.profileSteps ?? 0,
    startStep: trainer.step,
    endStep: config.steps,
  });
  const mergeProfile = async (): Promise<void> => {
    const file = await profiler.merge();
    if (file !== undefined) await log(`profile in ${file}`);
  };
  const collapse = new Collapse({
    runFolder: assignment.runFolder,
    config,
    trainer,
    rank,
    settled: () => saver.settled(),
  });
  /** Ends the run, or puts all ranks back to where it was well. */
  const collapsed = async (goodStep: number, reason: string): Promise<void> => {
    const told = await collapse.goBack(goodStep, reason);
    guard.reset(trainer.step);
    measurements.reset();
    meter = new TickMeter(config.tickKimg, trainer.cursor);
    if (rank === 0) await client.log('warn', told);
  };
  let started = false;
  let stopped = false;
  let savedAt = resumed ? trainer.step : -1;
  let finished = false;
  try {
    while (trainer.step < config.steps && !stopped) {
      if (standing.lost !== undefined) throw standing.lost;
      const began = performance.now();
      const imagesBefore = trainer.cursor;
      let report: StepReport;
      try {
        report = await trainer.next(
          {
            stop: standing.stop,
            checkpoint: standing.checkpoint,
            collapsedAfter: guard.collapsedAfter,
          },
          { profile: profiler.wants(trainer.step) },
        );
      } catch (error) {
        // All ranks see the same losses, and so all of them fail in this step.
        if (
          !(error instanceof TrainingError) ||
          error.code !== 'not-finite' ||
          config.onCollapse !== 'rollback'
        )
          throw error;
        const [seen] = error.message.replace('[training] ', '').split(';');
        await collapsed(trainer.step - 1, seen!);
        continue;
      }
      const stepMs = performance.now() - began;
      const { step, images, metrics, dataWaitMs, votes, enteredStage, profile } = report;
      if (votes.collapsedAfter !== undefined) {
        await collapsed(votes.collapsedAfter, guard.reason || 'rank 0 has told why, in log.jsonl');
        continue;
      }
      // This step took all ranks: what they wrote before it is whole.
      await mergeProfile();
      if (profile !== undefined) await profiler.add(profile);
      standing.phase = 'training';
      if (!started) {
        started = true;
        // Where the start went.
        await log('training', { loadMs, stepMs, traceMs: trainer.traceMs ?? 0, dataWaitMs });
        events?.graph();
      }
      if (enteredStage !== undefined && rank === 0)
        await log(`stage ${enteredStage} began with step ${step}`);
      standing.step = step;
      standing.images = images;
      stopped = votes.stop;
      meter.add({ ...metrics, dataWaitMs });
      const last = step >= config.steps || stopped;
      if (meter.due(images) || last) {
        const tick = meter.take(step, images);
        if (events !== undefined) {
          const { sampleTicks } = config;
          await reportTick({ client, events, standing, measurements, guard, sampleTicks }, tick, last);
        }
      }
      let isBest = false;
      if (evaluation?.due(imagesBefore, images, step) === true) {
        standing.phase = 'sampling';
        // It may take hours, and nobody waits for it any more when the run is over or is to stop.
        const result = await evaluation.run({
          onProgress: () => {
            if (standing.lost !== undefined) throw standing.lost;
          },
          giveUp: () => standing.stop,
        });
        if (result === undefined) {
          if (rank === 0) await log('gave up the evaluation, because the run is to stop');
        } else {
          // The numbers are the same on all workers, and so is what follows.
          isBest = measurements.add(step, { 'evaluation/fid': result.fid, 'evaluation/kid': result.kid });
          events?.scalars(scalarsOf(result), step);
        }
        standing.phase = 'training';
      }
      if (isBest || last || votes.checkpoint || step % config.checkpointSteps === 0) {
        standing.checkpoint = false;
        await saver.begin();
        savedAt = step;
      }
    }
    // A run that was complete already still ends with its state on disk.
    if (savedAt !== trainer.step) await saver.begin();
    standing.phase = 'saving';
    await saver.settled();
    await mergeProfile();
    finished = true;
  } catch (error) {
    // A checkpoint that is being written is whole and worth having, unless somebody is gone who would have to take part.
    if (standing.lost === undefined && exitNameOf(error) !== 'worker-lost')
      await saver.settled().catch(() => {});
    throw error;
  } finally {
    standing.phase = 'stopping';
    await events?.close(finished && !stopped);
  }
  evaluation?.dispose();
  await trainer.close();
  dataset.dispose();
  if (worldSize > 1) await leaveGroup();
  return stopped ? 'stopped' : 'finished';
}
