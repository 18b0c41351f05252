/** What rank 0 writes for people: TensorBoard events and sample grids of one run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng, EventWriter, imageGrid } from '@kiln/summaries';
import {
  classesFor,
  meanPairwiseDistance,
  SampleDrawer,
  sampleVariables,
  type Trainer,
} from '@kiln/training';
import { gridOptions } from './grid-options.ts';
import type { RunConfig } from './run-config.ts';
import type { TickValues } from './tick-meter.ts';

/** Where each value of a tick is shown. Losses and scores are tags already. */
const tags: Readonly<Record<string, string>> = {
  secondsPerKimg: 'timing/seconds_per_kimg',
  imagesPerSecond: 'throughput/images_per_second',
  dataWaitMs: 'timing/data_wait_ms',
  elapsedSeconds: 'timing/elapsed_seconds',
  memoryBytes: 'memory/resident_bytes',
};

const gridSide = 8;

export class RunEvents {
  readonly #writer: EventWriter;
  readonly #drawer: SampleDrawer;
  readonly #samples: string;
  readonly #trainer: Trainer;
  #graphWritten = false;

  private constructor(writer: EventWriter, trainer: Trainer, samples: string) {
    this.#writer = writer;
    this.#trainer = trainer;
    this.#samples = samples;
    const { game, batch } = trainer.options;
    this.#drawer = new SampleDrawer(game, batch, gridSide * gridSide);
  }

  static async open(runFolder: string, config: RunConfig, trainer: Trainer): Promise<RunEvents> {
    const samples = join(runFolder, 'samples');
    await mkdir(samples, { recursive: true });
    const writer = await EventWriter.open(join(runFolder, 'events'));
    writer.text('config', `\`\`\`json\n${JSON.stringify(config, null, 2)}\n\`\`\``, 0);
    writer.hparamsSessionStart({
      recipe: config.recipe,
      batch: config.batch,
      workers: config.workers,
      seed: config.seed,
      ...scalarsOf(config.settings),
    });
    return new RunEvents(writer, trainer, samples);
  }

  tick({ step, kimg, values }: TickValues): void {
    this.#writer.scalar('progress/kimg', kimg, step);
    for (const [name, value] of Object.entries(values)) this.#writer.scalar(tags[name] ?? name, value, step);
  }

  /** The compiled step as TensorBoard's graph page shows it; once a process. */
  graph(): void {
    const graphDef = this.#trainer.graphDef();
    if (this.#graphWritten || graphDef === undefined) return;
    this.#graphWritten = true;
    this.#writer.graph(graphDef);
  }

  /** A grid of real images of this data set, to compare samples with. */
  async reals(images: Float32Array, shape: [number, number, number, number]): Promise<void> {
    await this.#grid('reals', 'samples/reals', images, shape, 0);
  }

  /** Fixed latents, one class a column in turn where the game knows classes. Returns how different the images are. */
  async samples(step: number, kimg: number): Promise<number> {
    const { options, cell, cursor } = this.#trainer;
    const { sampler } = options.game;
    const seeds = Array.from({ length: gridSide * gridSide }, (_, seed) => seed);
    const classes = classesFor(sampler, seeds.length);
    const variables = sampleVariables(options.game, cell.value);
    const { images, shape } = await this.#drawer.draw(variables, { seeds, classes, images: cursor });
    const name = `fakes${String(Math.round(kimg)).padStart(6, '0')}`;
    await this.#grid(
      name,
      sampler.numClasses > 0 ? 'samples/fixed_classes' : 'samples/fixed_latents',
      images,
      shape,
      step,
    );
    const diversity = meanPairwiseDistance(images, seeds.length);
    this.#writer.scalar('samples/diversity', diversity, step);
    return diversity;
  }

  /** The largest singular value of every layer with spectral normalisation, which keeps it as a statistic. */
  async singularValues(step: number): Promise<Record<string, number>> {
    const values: Record<string, number> = {};
    const kept = (path: string): boolean => /^networks\/[^/]+\/stats\/(.*\.)?sigma$/.test(path);
    for (const [path, { data }] of await this.#trainer.read(kept)) {
      const layer = path
        .replace('networks/', '')
        .replace('/stats/', '/')
        .replace(/\.sigma$/, '');
      values[layer] = data[0]!;
      this.#writer.scalar(`singular_values/${layer}`, data[0]!, step);
    }
    return values;
  }

  /** FID, KID and the like, with what they are measured in. */
  scalars(values: Readonly<Record<string, number>>, step: number): void {
    for (const [tag, value] of Object.entries(values)) this.#writer.scalar(tag, value, step);
  }

  /** What people must know, on TensorBoard's text page. */
  warning(message: string, step: number): void {
    this.#writer.text('warnings', message, step);
  }

  async histograms(step: number): Promise<void> {
    const kept = (path: string): boolean => path.startsWith('networks/') && path.includes('/params/');
    for (const [path, { data }] of await this.#trainer.read(kept))
      this.#writer.histogram(
        `weights/${path.replace(/^networks\//, '').replace('/params/', '/')}`,
        data,
        step,
      );
  }

  async close(finished: boolean): Promise<void> {
    this.#writer.hparamsSessionEnd(finished ? 'success' : 'failure');
    await this.#writer.close();
  }

  async #grid(
    file: string,
    tag: string,
    data: Float32Array,
    shape: [number, number, number, number],
    step: number,
  ): Promise<void> {
    const grid = imageGrid({ data, shape }, gridOptions(gridSide, shape[1]));
    const png = encodePng(grid);
    this.#writer.images(tag, [{ width: grid.width, height: grid.height, file: png }], step);
    await writeFile(join(this.#samples, `${file}.png`), png);
  }
}

function scalarsOf(settings: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const scalars: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(settings))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      scalars[key] = value;
  return scalars;
}
