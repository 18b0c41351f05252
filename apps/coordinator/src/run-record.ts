/** The files of a run that the coordinator writes: config.json, status.json, metrics.jsonl, log.jsonl. A full disk never ends a run. */
import { join } from 'node:path';
import {
  ControlError,
  statusFilePath,
  type LogEntry,
  type RunRef,
  type RunStatus,
  type Tick,
} from '@kiln/control';
import { replaceFile } from './atomic-file.ts';
import { JsonLines } from './json-lines.ts';
import { metricsFile } from './run-history.ts';
import type { RunConfig } from './run-settings.ts';

const ownKeys = ['time', 'generation', 'tick', 'step', 'kimg'];

export interface RecordOptions {
  runFolder: string;
  run: RunRef;
  /** Hears of a record that cannot be written, once per file and series. */
  onTrouble(message: string): void;
}

export class RunRecord {
  private readonly options: RecordOptions;
  private readonly opened = Promise.withResolvers<{ metrics: JsonLines; log: JsonLines }>();
  private statusWriting = Promise.resolve();
  private statusFails = false;
  private isOpen = false;

  /** Touches nothing yet; what is reported before `open` waits for it. */
  constructor(options: RecordOptions) {
    this.options = options;
    this.opened.promise.catch(() => undefined);
  }

  /** Ticks after `resumeStep` were undone by the resume and go; returns how many. */
  async open(config: RunConfig, resumeStep: number | undefined): Promise<number> {
    const { runFolder } = this.options;
    const undone = (row: Record<string, unknown>): boolean =>
      resumeStep !== undefined && Number(row.step) > resumeStep;
    try {
      await replaceFile(join(runFolder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`, {
        durable: true,
      });
      const log = await JsonLines.open(join(runFolder, 'log.jsonl'), this.trouble('log.jsonl'));
      const metrics = await JsonLines.open(
        metricsFile(runFolder),
        this.trouble('metrics.jsonl'),
        (row) => !undone(row),
      );
      this.opened.resolve({ metrics: metrics.lines, log: log.lines });
      this.isOpen = true;
      return metrics.dropped;
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause);
      const error = new ControlError(
        'run-folder',
        `"${runFolder}" cannot be written: ${text}; pass another --run`,
        { cause },
      );
      this.opened.reject(error);
      throw error;
    }
  }

  /** A loss that is not finite becomes null: JSON has no word for it. */
  async tick({ tick, step, kimg, values }: Tick): Promise<void> {
    const clash = ownKeys.find((key) => Object.hasOwn(values, key));
    if (clash !== undefined)
      throw new ControlError(
        'invalid',
        `tick.values: "${clash}" is a field of every tick; name the value otherwise`,
      );
    const { generation } = this.options.run;
    const { metrics } = await this.opened.promise;
    await metrics.append({ tick, step, kimg, ...values, generation, time: new Date().toISOString() });
  }

  async entry({ level, source, message, fieldsJson }: LogEntry): Promise<void> {
    const { generation } = this.options.run;
    const { log } = await this.opened.promise;
    await log.append({
      time: new Date().toISOString(),
      level,
      source,
      generation,
      message,
      ...parseFields(fieldsJson),
    });
  }

  /** Writes one after the other; `durable` for the last one. */
  status(status: RunStatus, options: { durable: boolean }): Promise<void> {
    this.statusWriting = this.statusWriting.then(() => this.writeStatus(status, options));
    return this.statusWriting;
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    const { metrics, log } = await this.opened.promise;
    await this.statusWriting;
    await metrics.close();
    await log.close();
  }

  private trouble(name: string): (error: Error | undefined) => void {
    return (error) =>
      this.options.onTrouble(
        error
          ? `${name} cannot be written (${error.message}); rows wait in memory`
          : `${name} is written again`,
      );
  }

  private async writeStatus(status: RunStatus, options: { durable: boolean }): Promise<void> {
    try {
      await replaceFile(
        statusFilePath(this.options.runFolder),
        `${JSON.stringify(status, null, 2)}\n`,
        options,
      );
      this.statusFails = false;
    } catch (error) {
      if (!this.statusFails)
        this.options.onTrouble(`status.json cannot be written (${(error as Error).message})`);
      this.statusFails = true;
    }
  }
}

/** A worker's own fields stay below one key: they cannot pass for ours. */
function parseFields(text: string): { fields?: unknown } {
  if (text === '') return {};
  try {
    return { fields: JSON.parse(text) as unknown };
  } catch {
    return { fields: text };
  }
}
