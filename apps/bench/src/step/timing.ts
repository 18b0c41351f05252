/** Times a step, and notes how much of the machine others used meanwhile. */
import { readFileSync } from 'node:fs';

export interface Timing {
  /** Wall time of the first step, which compiles. */
  readonly firstMs: number;
  readonly stepMs: readonly number[];
  /** CPU time of this process per timed step, all threads. */
  readonly cpuMs: number;
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

/** `step` returns when its work is done. */
export async function timeSteps(
  step: () => Promise<number[]>,
  { warmup, steps }: { warmup: number; steps: number },
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
    otherCores: otherMs / (performance.now() - start),
    losses,
  };
}
