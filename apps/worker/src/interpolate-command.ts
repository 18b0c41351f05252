/** `kiln interpolate`: the way between key points of a run's latent space, as rows of one picture or an animation. */
import { writeFile } from 'node:fs/promises';
import type { Sampler } from '@kiln/recipes';
import { encodeGif, encodePng, imageGrid, type ImageSummary } from '@kiln/summaries';
import type { Samples, Way } from '@kiln/training';
import { checkClass } from './check-class.ts';
import { gridOptions } from './grid-options.ts';
import { gameOf } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { showImage } from './show-image.ts';
import { openTrained, truncationOf, type DrawOptions } from './trained-game.ts';
import { wayAlong } from './way-along.ts';

export interface InterpolateOptions extends DrawOptions {
  readonly runFolder: string;
  readonly config: RunConfig;
  /** One for each key point, or one for all. */
  readonly seeds: readonly number[];
  /** Likewise; empty: class 0, or none. */
  readonly classes: readonly number[];
  /** Images from one key point to the next, both among them. */
  readonly frames: number;
  /** Of z; left out: what suits its distribution. */
  readonly way?: Way;
  /** Whether the last key point leads back to the first. */
  readonly loop: boolean;
  /** Frames a second of a GIF. */
  readonly fps: number;
  /** Ends in .png or .gif. */
  readonly out: string;
}

export interface InterpolateResult {
  readonly out: string;
  readonly count: number;
  readonly checkpoint: string;
}

export async function interpolate(options: InterpolateOptions): Promise<InterpolateResult> {
  const { config, out, runFolder } = options;
  const game = gameOf(config);
  for (const label of options.classes) checkClass(config.recipe, game.sampler, label, '--classes');
  const isGif = out.endsWith('.gif');
  const { drawer, variables, images, step, checkpoint } = await openTrained(runFolder, config, game, options);
  const { from, to, shares } = wayAlong({ ...options, joinsOnce: isGif });
  const samples = await drawer.draw(variables, {
    seeds: from.map(({ seed }) => seed),
    classes: from.map(({ label }) => label),
    towards: {
      seeds: to.map(({ seed }) => seed),
      classes: to.map(({ label }) => label),
      shares,
      way: options.way ?? suitableWay(game.sampler),
    },
    // What is not on the way stands still.
    noiseSeed: options.seeds[0]!,
    images,
    ...truncationOf(options),
  });
  const image = isGif ? animation(samples, options.fps) : strip(samples, options.frames);
  await writeFile(out, image.file);
  await showImage(runFolder, 'samples/interpolation', image, step);
  return { out, count: shares.length, checkpoint };
}

/** Uniform codes fill a cube, in which straight ways stay; the others lie near a sphere. */
const suitableWay = ({ latent }: Sampler): Way => (latent.distribution === 'uniform' ? 'lerp' : 'slerp');

function strip({ images: data, shape }: Samples, columns: number): ImageSummary {
  const grid = imageGrid({ data, shape }, gridOptions(columns, shape[1]));
  return { width: grid.width, height: grid.height, file: encodePng(grid) };
}

function animation({ images, shape }: Samples, fps: number): ImageSummary {
  const [num, height, width, channels] = shape;
  const size = height * width * channels;
  const { scale = 1 } = gridOptions(1, height);
  const frames = Array.from({ length: num }, (_, i) =>
    imageGrid(
      { data: images.subarray(i * size, (i + 1) * size), shape: [1, height, width, channels] },
      { columns: 1, scale },
    ),
  );
  const file = encodeGif(frames, { delayMs: 1000 / fps });
  return { width: frames[0]!.width, height: frames[0]!.height, file };
}
