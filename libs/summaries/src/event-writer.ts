/** Writes a run's values to an event file that TensorBoard shows. One writer for each run folder and process. */
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EventFile, type FlushPolicy } from './event-file.ts';
import { tensorboard } from './gen/tensorboard.js';
import { bucketRows, bucketsOf, type Buckets } from './histogram.ts';
import {
  experimentContent,
  hparamsTags,
  sessionEndContent,
  sessionStartContent,
  type Experiment,
  type HParamValue,
  type SessionOutcome,
} from './hparams.ts';
import { SummaryError } from './summary-error.ts';
import { emptyTensor, matrixTensor, scalarTensor, stringTensor } from './tensors.ts';

/** `file`: PNG, or GIF, which TensorBoard plays. */
export type ImageSummary = { readonly width: number; readonly height: number; readonly file: Uint8Array };

export type EventWriterOptions = Partial<FlushPolicy> & {
  /** Seconds since 1970; for tests. */
  readonly clock?: () => number;
};

/** Which page shows a value, and how many of its values TensorBoard's loader keeps. */
type Plugin = { readonly name: string; readonly dataClass: tensorboard.DataClass };

const { DataClass, Event } = tensorboard;
const plugins = {
  scalars: { name: 'scalars', dataClass: DataClass.DATA_CLASS_SCALAR },
  histograms: { name: 'histograms', dataClass: DataClass.DATA_CLASS_TENSOR },
  images: { name: 'images', dataClass: DataClass.DATA_CLASS_BLOB_SEQUENCE },
  text: { name: 'text', dataClass: DataClass.DATA_CLASS_TENSOR },
  hparams: { name: 'hparams', dataClass: DataClass.DATA_CLASS_TENSOR },
} satisfies Record<string, Plugin>;

const defaults: FlushPolicy = { flushBytes: 256 * 1024, flushMs: 2000, maxPendingBytes: 64 * 1024 * 1024 };

let numWriters = 0;

export class EventWriter {
  readonly #file: EventFile;
  readonly #clock: () => number;
  readonly #described: Set<string>;

  private constructor(file: EventFile, clock: () => number, described: Set<string>) {
    this.#file = file;
    this.#clock = clock;
    this.#described = described;
  }

  /** Starts a new file in `dir`, which TensorBoard takes for a run together with the files that are there already. */
  static async open(dir: string, options: EventWriterOptions = {}): Promise<EventWriter> {
    const { clock = () => Date.now() / 1000, ...policy } = options;
    await mkdir(dir, { recursive: true });
    const seconds = String(Math.floor(clock())).padStart(10, '0');
    const name = `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${numWriters}`;
    numWriters += 1;
    const described = new Set<string>();
    // The dropped record may have been the one that described a tag, so all are described again.
    const file = await EventFile.create(join(dir, name), { ...defaults, ...policy }, () => described.clear());
    const writer = new EventWriter(file, clock, described);
    writer.#append({ fileVersion: 'brain.Event:2', sourceMetadata: { writer: 'kiln' } });
    return writer;
  }

  get path(): string {
    return this.#file.path;
  }

  /** NaN and infinities are kept: a loss that left the range of numbers should be seen. */
  scalar(tag: string, value: number, step: number): void {
    this.#summary(tag, step, plugins.scalars, scalarTensor(value));
  }

  histogram(tag: string, values: ArrayLike<number> | Buckets, step: number): void {
    const buckets = 'edges' in values ? values : bucketsOf(values);
    this.#summary(tag, step, plugins.histograms, matrixTensor(bucketRows(buckets), 3));
  }

  images(tag: string, images: readonly ImageSummary[], step: number): void {
    const [first] = images;
    if (!first)
      throw new SummaryError(
        'bad-value',
        `images of tag ${JSON.stringify(tag)} must be one or more, got none`,
      );
    const strings = [String(first.width), String(first.height), ...images.map(({ file }) => file)];
    this.#summary(tag, step, plugins.images, stringTensor(strings, [strings.length]));
  }

  text(tag: string, markdown: string, step: number): void {
    this.#summary(tag, step, plugins.text, stringTensor([markdown], []));
  }

  /** Optional: without it the HParams page finds settings and metrics by itself, in an order of its own. */
  hparamsExperiment(experiment: Experiment): void {
    this.#hparams(hparamsTags.experiment, experimentContent(experiment, this.#clock()));
  }

  /** Sessions of one group are repetitions of each other; by default each is a group of its own. */
  hparamsSessionStart(values: Readonly<Record<string, HParamValue>>, groupName = ''): void {
    this.#hparams(hparamsTags.sessionStart, sessionStartContent(values, groupName, this.#clock()));
  }

  hparamsSessionEnd(outcome: SessionOutcome): void {
    this.#hparams(hparamsTags.sessionEnd, sessionEndContent(outcome, this.#clock()));
  }

  /** graphDef: a serialised tensorflow.GraphDef */
  graph(graphDef: Uint8Array): void {
    this.#append({ graphDef });
  }

  /** Resolves when all values given so far are in the file. */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #hparams(tag: string, content: Uint8Array): void {
    this.#summary(tag, 0, plugins.hparams, emptyTensor(), content);
  }

  #summary(
    tag: string,
    step: number,
    plugin: Plugin,
    tensor: tensorboard.TensorProto.$Properties,
    content?: Uint8Array,
  ): void {
    if (tag === '') throw new SummaryError('bad-tag', 'tag must not be empty');
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new SummaryError(
        'bad-step',
        `step of tag ${JSON.stringify(tag)} must be a whole number from 0, got ${step}`,
      );
    }
    const value: tensorboard.Summary.Value.$Properties = { tag, tensor };
    if (content !== undefined || !this.#described.has(tag)) {
      const pluginData = { pluginName: plugin.name, content: content ?? new Uint8Array() };
      value.metadata = { pluginData, dataClass: plugin.dataClass };
      this.#described.add(tag);
    }
    this.#append({ step, summary: { value: [value] } });
  }

  #append(event: tensorboard.Event.$Properties): void {
    this.#file.append(Event.encode({ wallTime: this.#clock(), ...event }).finish());
  }
}
