/** Times a step, and notes how much of the machine others used meanwhile. */
import { readFileSync } from 'node:fs';

export interface RoundSettings {
  readonly threads: number;
  /** Steps before the timed ones, at least one. */
  readonly warmup: number;
  readonly steps: number;
}

export interface Timing {
  /** Wall time of the first step, which compiles. */
  readonly firstMs: number;
  readonly stepMs: readonly number[];
  /** CPU time of this process per timed step, all threads. */
  readonly cpuMs: number;
  /** The most memory that this process has had resident. */
  readonly peakMegabytes: number;
  /** Cores that other processes kept busy during the timed steps. */
  readonly otherCores: number;
  /** Both losses after the last step, which shows that the contestants train. */
  readonly losses: readonly number[];
}

const ticksPerSecond = 100;

/** Busy time of all cores since boot: user, nice, system, irq, softirq and stolen. */
function machineMs(): number {
  const [, user, nice, system, , , irq, softirq, stolen] = readFileSync('/proc/stat', 'utf8').split(/\s+/);
  const ticks = [user, nice, system, irq, softirq, stolen].reduce((sum, field) => sum + Number(field), 0);
  return (ticks * 1000) / ticksPerSecond;
}

function processMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function peakMegabytes(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes) / 1024;
}

/** `step` returns when its work is done. */
export async function timeSteps(
  step: () => Promise<number[]>,
  { warmup, steps }: Pick<RoundSettings, 'warmup' | 'steps'>,
): Promise<Timing> {
  let losses: number[] = [];
  const timed = async (): Promise<number> => {
    const start = performance.now();
    losses = await step();
    return performance.now() - start;
  };
  const firstMs = await timed();
  for (let i = 1; i < warmup; i++) await timed();
  const [machine, own, start] = [machineMs(), processMs(), performance.now()];
  const stepMs: number[] = [];
  for (let i = 0; i < steps; i++) stepMs.push(await timed());
  const usedMs = processMs() - own;
  const otherMs = Math.max(0, machineMs() - machine - usedMs);
  return {
    firstMs,
    stepMs,
    cpuMs: usedMs / steps,
    peakMegabytes: peakMegabytes(),
    otherCores: otherMs / (performance.now() - start),
    losses,
  };
}
