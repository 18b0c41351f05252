/** Images from a trained game: the averaged networks with their running statistics. */
import { compile, random, StateCell, type Compiled } from '@kiln/engine';
import type { Named, Variables } from '@kiln/nn';
import type { Game, SamplePlay, Sampler } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { circumstances } from './circumstances.ts';
import { between, type Way } from './interpolation.ts';
import { latents } from './latents.ts';
import { NetworkTable } from './network-table.ts';
import { roomForSamples } from './room-for-samples.ts';
import type { TrainingState } from './state.ts';
import { Timeline } from './timeline.ts';

/** What of a training state is needed to draw images. A type alias, to be a tree. */
export type SampleVariables = {
  readonly networks: { readonly [network: string]: Variables };
  readonly declared: Named;
};

export interface SampleRequest {
  readonly seeds: readonly number[];
  /** Each sample's label; ignored by games without classes. */
  readonly classes: readonly number[];
  /** Real images seen in training: stages and schedules are functions of it. */
  readonly images: number;
  /** Largest number in z, or psi: what the game's sampler says. Left out: none. */
  readonly truncation?: number;
  /** Layers that psi reaches. Default: all. */
  readonly cutoff?: number;
  /** Each sample on its way to another seed's z and another class. */
  readonly towards?: Towards;
  /** Each sample with the styles of another seed in the layers `from` to `to`, the last left out. */
  readonly mix?: StyleMix;
  /** What all samples draw noise other than z by. Default: each its own seed. */
  readonly noiseSeed?: number;
}

/** Where samples go, and how far they have gone. */
export interface Towards {
  readonly seeds: readonly number[];
  readonly classes: readonly number[];
  /** In [0, 1]. */
  readonly shares: readonly number[];
  /** Of z. Classes are mixed in equal measure: their embeddings lie on no sphere. */
  readonly way: Way;
}

export interface StyleMix {
  readonly seeds: readonly number[];
  readonly from: number;
  readonly to: number;
}

export interface Samples {
  /** `[n, height, width, channels]` in [-1, 1]. */
  readonly images: Float32Array;
  readonly shape: [number, number, number, number];
}

type DrawInputs = {
  readonly variables: SampleVariables;
  readonly z: tf.Tensor;
  /** `z` of the styles that are mixed in, or nothing. */
  readonly mixed: Named;
  readonly labels: tf.Tensor;
  /** int32 `[batch]`, for noise. */
  readonly seeds: tf.Tensor;
  readonly psi: tf.Tensor;
  readonly schedules: Named;
  /** Share of a batch in running statistics; only where they are estimated anew. */
  readonly share: tf.Tensor;
};
/** What of a request is compiled into its function. */
interface DrawingForm {
  readonly stage: number;
  readonly cutoff: number;
  readonly training: boolean;
  readonly mix?: Pick<StyleMix, 'from' | 'to'> | undefined;
}
type NoState = {};
type Drawing = Compiled<NoState, DrawInputs, { readonly images: tf.Tensor; readonly stats: StatsByNetwork }>;
type StatsByNetwork = { readonly [network: string]: Named };

/** Draws batch after batch with one compiled function; the last batch is padded and cut. */
export class SampleDrawer {
  readonly #game: Game;
  readonly #timeline: Timeline;
  readonly #batch: number;
  readonly #functions = new Map<string, Drawing>();

  /** `runBatch`: the run's global batch, which decides when stages begin. */
  constructor(game: Game, runBatch: number, batch = 64) {
    this.#game = game;
    this.#timeline = new Timeline(game, runBatch);
    this.#batch = batch;
  }

  async draw(variables: SampleVariables, request: SampleRequest): Promise<Samples> {
    const { seeds, classes, towards, mix } = request;
    let drawn: Float32Array | undefined;
    let shape: number[] = [];
    for (let start = 0; start < seeds.length; start += this.#batch) {
      const count = Math.min(this.#batch, seeds.length - start);
      const chosen = Array.from({ length: this.#batch }, (_, i) => start + Math.min(i, count - 1));
      const { images, stats } = await this.#run(variables, {
        ...request,
        seeds: chosen.map((i) => seeds[i]!),
        classes: chosen.map((i) => classes[i] ?? 0),
        ...(towards === undefined ? {} : { towards: chosenOf(towards, chosen) }),
        ...(mix === undefined ? {} : { mix: { ...mix, seeds: chosen.map((i) => mix.seeds[i]!) } }),
      });
      shape = images.shape.slice(1);
      const size = shape.reduce((a, b) => a * b, 1);
      drawn ??= roomForSamples(seeds.length, shape);
      drawn.set(((await images.data()) as Float32Array).subarray(0, count * size), start * size);
      tf.dispose([images, stats as unknown as tf.TensorContainer]);
    }
    const images = drawn ?? new Float32Array(0);
    return { images, shape: [seeds.length, ...shape] as [number, number, number, number] };
  }

  /**
   * The variables with batch statistics estimated anew from `numBatches` batches of samples, as their plain mean:
   * running ones describe weights of the past, and averaged ones no weights at all (Brock et al., 2019, appendix B).
   * The caller disposes `stats` of the networks returned; parameters are those given.
   */
  async standingStatistics(
    variables: SampleVariables,
    { numBatches, images }: { numBatches: number; images: number },
  ): Promise<SampleVariables> {
    let current = variables;
    for (let index = 0; index < numBatches; index++) {
      const seeds = Array.from({ length: this.#batch }, (_, i) => -1 - (index * this.#batch + i));
      const classes = seeds.map(
        (_, i) => (index * this.#batch + i) % Math.max(1, this.#game.sampler.numClasses),
      );
      const { images: drawn, stats } = await this.#run(current, { seeds, classes, images }, 1 / (index + 1));
      drawn.dispose();
      if (current !== variables)
        for (const { stats: old } of Object.values(current.networks)) tf.dispose(old);
      const networks = Object.entries(variables.networks).map(([name, { params }]) => [
        name,
        { params, stats: stats[name]! },
      ]);
      current = { ...variables, networks: Object.fromEntries(networks) as SampleVariables['networks'] };
    }
    return current;
  }

  async #run(
    variables: SampleVariables,
    request: SampleRequest,
    share?: number,
  ): Promise<{ images: tf.Tensor; stats: StatsByNetwork }> {
    const { sampler, schedules = {} } = this.#game;
    const { seeds, images, truncation, cutoff = Number.MAX_SAFE_INTEGER, noiseSeed, mix } = request;
    const { stage } = this.#timeline.atImages(images);
    const inputs: DrawInputs = {
      variables,
      z: codes(sampler, request),
      mixed: mix === undefined ? {} : { z: latents(sampler, mix.seeds) },
      labels: labelsOf(sampler, request),
      seeds: tf.tensor1d(
        seeds.map((seed) => noiseSeed ?? seed),
        'int32',
      ),
      psi: tf.scalar(sampler.truncation === 'style' ? (truncation ?? 1) : 1),
      schedules: Object.fromEntries(
        Object.entries(schedules).map(([name, value]) => [name, tf.scalar(value(images))]),
      ),
      share: tf.scalar(share ?? 0),
    };
    const { variables: _, ...own } = inputs;
    try {
      const labelRank = inputs.labels.rank;
      const drawing = this.#functionFor({ stage, cutoff, training: share !== undefined, mix }, labelRank);
      return await drawing.run(new StateCell({}), inputs);
    } finally {
      tf.dispose(own as unknown as tf.TensorContainer);
    }
  }

  #functionFor(form: DrawingForm, labelRank: number): Drawing {
    const { stage, cutoff, training, mix } = form;
    const key = [stage, cutoff, training, labelRank, mix?.from, mix?.to].join('/');
    let drawing = this.#functions.get(key);
    if (drawing === undefined) {
      drawing = compile('sample', (_: NoState, inputs: DrawInputs) => ({
        state: {},
        outputs: drawOn(this.#game, inputs, form),
      }));
      this.#functions.set(key, drawing);
    }
    return drawing;
  }

  /** Frees the compiled functions. */
  dispose(): void {
    for (const drawing of this.#functions.values()) drawing.dispose();
    this.#functions.clear();
  }
}

const chosenOf = ({ seeds, classes, shares, way }: Towards, chosen: readonly number[]): Towards => ({
  seeds: chosen.map((i) => seeds[i]!),
  classes: chosen.map((i) => classes[i] ?? 0),
  shares: chosen.map((i) => shares[i]!),
  way,
});

/** `[batch, latent.size]`. */
function codes(sampler: Sampler, { seeds, truncation, towards }: SampleRequest): tf.Tensor {
  const of = (own: readonly number[]): tf.Tensor =>
    latents(sampler, own, sampler.truncation === 'latent' ? truncation : undefined);
  if (towards === undefined) return of(seeds);
  return tf.tidy(() => between(of(seeds), of(towards.seeds), tf.tensor1d([...towards.shares]), towards.way));
}

/** Labels, int32 `[batch]`; between classes, shares of each, float32 `[batch, numClasses]`. */
function labelsOf({ numClasses }: Sampler, { classes, towards }: SampleRequest): tf.Tensor {
  if (towards === undefined || numClasses === 0) return tf.tensor1d([...classes], 'int32');
  const shares = classes.map((from, i) => {
    const [to, share] = [towards.classes[i]!, towards.shares[i]!];
    const row = Array.from({ length: numClasses }, () => 0);
    row[from]! += 1 - share;
    row[to]! += share;
    return row;
  });
  return tf.tensor2d(shares, [classes.length, numClasses]);
}

function drawOn(
  { networks, sampler }: Game,
  { variables, z, mixed, labels, seeds, psi, schedules, share }: DrawInputs,
  { stage, cutoff, training, mix }: DrawingForm,
): { images: tf.Tensor; stats: StatsByNetwork } {
  const table = new NetworkTable(networks, variables.networks, {
    training,
    batchStatistics: 'local',
    stage,
    schedules,
    ...(training ? { momentum: share } : {}),
  });
  const play: SamplePlay = {
    z,
    labels,
    psi: psi as tf.Scalar,
    cutoff,
    ...(mix === undefined ? {} : { mix: { ...mix, z: mixed['z']! } }),
    ...circumstances(stage, variables.declared, schedules),
    normal: (stream, shape) => {
      const key = random.key(0, `sample/${stream}`);
      const own = (tf.unstack(seeds) as tf.Scalar[]).map((seed) =>
        random.normal(shape, random.fold(key, seed)),
      );
      return tf.stack(own);
    },
    apply: (name, ...inputs) => table.apply(name, inputs),
  };
  return { images: sampler.images(play), stats: table.stats() };
}

/** Where the sampler's variables are in the state: `averages` of the networks that are averaged, else `networks`. */
export function sampledFrom({ averages, sampler }: Game): Readonly<Record<string, 'averages' | 'networks'>> {
  const averaged = new Set(averages.map(({ network }) => network));
  return Object.fromEntries(
    sampler.networks.map((name) => [name, averaged.has(name) ? 'averages' : 'networks']),
  );
}

/** The sampler's variables of a training state, which keeps owning them. */
export function sampleVariables(game: Game, state: TrainingState): SampleVariables {
  const networks = Object.entries(sampledFrom(game)).map(([name, where]) => [name, state[where][name]!]);
  return {
    networks: Object.fromEntries(networks) as SampleVariables['networks'],
    declared: state.declared,
  };
}

/** Labels for `count` samples: all `only`, or every class in turn. */
export function classesFor(sampler: Sampler, count: number, only?: number): number[] {
  if (sampler.numClasses === 0) return Array.from({ length: count }, () => 0);
  return Array.from({ length: count }, (_, i) => only ?? i % sampler.numClasses);
}
