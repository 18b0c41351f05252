/** What rank 0 tells, draws and watches when a tick ends. */
import type { ControlClient } from '@kiln/control';
import type { CollapseGuard } from './collapse-guard.ts';
import type { Measurements } from './measurements.ts';
import type { RunEvents } from './run-events.ts';
import type { Standing } from './standing.ts';
import type { TickValues } from './tick-meter.ts';

export interface TickReporting {
  readonly client: ControlClient;
  readonly events: RunEvents;
  readonly standing: Standing;
  readonly measurements: Measurements;
  readonly guard: CollapseGuard;
  /** Samples are drawn at the end of so many ticks. */
  readonly sampleTicks: number;
}

/** `isLast`: the run ends with this step. */
export async function reportTick(
  { client, events, standing, measurements, guard, sampleTicks }: TickReporting,
  tick: TickValues,
  isLast: boolean,
): Promise<void> {
  const { step } = tick;
  events.tick(tick);
  await client.reportTick(tick);
  let diversity: number | undefined;
  if (isLast || tick.tick % sampleTicks === 0) {
    standing.phase = 'sampling';
    diversity = await events.samples(step, tick.kimg);
    await events.histograms(step);
    standing.phase = 'training';
  }
  const singularValues = await events.singularValues(step);
  const measured = {
    ...tick.values,
    ...(diversity === undefined ? {} : { 'samples/diversity': diversity }),
  };
  const complaint = measurements.complaintAbout(measured);
  if (complaint !== undefined) await client.log('warn', complaint);
  // Asked for as a checkpoint is asked for from outside: all ranks save after the next step.
  if (measurements.add(step, measured)) standing.checkpoint = true;
  await guard.observe({ step, metrics: tick.values, diversity, singularValues });
}
