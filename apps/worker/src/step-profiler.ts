/** `--profile`: which steps of a run are profiled, and the Chrome trace of all ranks that comes of it. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromeTrace, type TracedProcess } from '@kiln/summaries';
import type { StepProfile, StepSpan } from '@kiln/training';

export interface ProfilerOptions {
  readonly runFolder: string;
  readonly rank: number;
  /** Steps to profile; 0: none. */
  readonly numSteps: number;
  /** Steps done when this process began, and when it ends. */
  readonly startStep: number;
  readonly endStep: number;
}

/** The function's first runs are slower than the others. */
const warmUpSteps = 5;

export class StepProfiler {
  readonly #options: ProfilerOptions;
  readonly #first: number;
  readonly #spans: StepSpan[] = [];
  #written = false;
  #merged = false;

  constructor(options: ProfilerOptions) {
    this.#options = options;
    const { numSteps, startStep, endStep } = options;
    // The first profiled step prepares the session; it is not shown.
    this.#first = Math.max(startStep, Math.min(startStep + warmUpSteps, endStep - numSteps - 1));
  }

  /** Whether the step after `step` steps is profiled. All ranks agree. */
  wants(step: number): boolean {
    const { numSteps } = this.#options;
    return numSteps > 0 && step >= this.#first && step <= this.#first + numSteps;
  }

  /** Takes what a step came to. After the last one this rank's part is on disk, before any rank goes on to a further step. */
  async add({ step, spans }: StepProfile): Promise<void> {
    // `step` counts this one.
    if (step > this.#first + 1) this.#spans.push(...spans);
    if (this.wants(step)) return;
    const { rank } = this.#options;
    const process: TracedProcess = { id: rank, name: `rank ${rank}`, spans: this.#spans };
    await mkdir(this.#folder, { recursive: true });
    const file = join(this.#folder, `rank-${rank}.json`);
    await writeFile(`${file}.tmp`, JSON.stringify(process));
    await rename(`${file}.tmp`, file);
    this.#written = true;
  }

  /** For rank 0, when a later step or a checkpoint shows that all ranks have written. Returns the file, once. */
  async merge(): Promise<string | undefined> {
    const { rank, runFolder } = this.#options;
    if (rank !== 0 || !this.#written || this.#merged) return undefined;
    this.#merged = true;
    const parts = (await readdir(this.#folder)).filter((name) => /^rank-\d+\.json$/.test(name));
    const processes = await Promise.all(
      parts.map(
        async (name) => JSON.parse(await readFile(join(this.#folder, name), 'utf8')) as TracedProcess,
      ),
    );
    const file = join(runFolder, 'profile.json');
    await writeFile(file, chromeTrace(processes.toSorted((a, b) => a.id - b.id)));
    await rm(this.#folder, { recursive: true });
    return file;
  }

  get #folder(): string {
    return join(this.#options.runFolder, 'profile');
  }
}
