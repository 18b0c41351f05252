/**
 * Trains some steps of a recipe on drawn shapes, alone and without a coordinator, and prints what they took as JSON:
 * `node large-step.ts '{ "recipe": …, "settings": …, "resolution": …, "batch": …, "steps": … }'`.
 */
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes, type Recipe } from '@kiln/recipes';
import { Trainer } from '@kiln/training';

export interface LargeRequest {
  readonly recipe: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resolution: number;
  readonly batch: number;
  readonly steps: number;
}

export interface LargeStep {
  /** As the log calls it. */
  readonly stage: string;
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface LargeReport {
  /** Of all networks. */
  readonly parameters: number;
  readonly steps: readonly LargeStep[];
  readonly peakBytes: number;
}

async function report({
  recipe: name,
  settings,
  resolution,
  batch,
  steps,
}: LargeRequest): Promise<LargeReport> {
  startEngine({ intraOpThreads: 2 });
  const dataset = await openDataset({ source: 'shapes', n: 64, resolution });
  const recipe = (recipes as Record<string, Recipe>)[name]!;
  const game = recipe.build(recipe.settings.parse(settings), dataset);
  const trainer = await Trainer.create({ game, dataset, seed: 1, batch, rank: 0 });
  const done: LargeStep[] = [];
  for (let step = 0; step < steps; step++) {
    const stage = trainer.timeline.at(step).name;
    const begin = performance.now();
    const { metrics } = await trainer.next();
    done.push({ stage, seconds: (performance.now() - begin) / 1000, metrics });
  }
  const sizes = await trainer.read((path) => path.startsWith('networks/') && path.includes('/params/'));
  const parameters = [...sizes.values()].reduce((sum, { data }) => sum + data.length, 0);
  return { parameters, steps: done, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

process.stdout.write(`${JSON.stringify(await report(JSON.parse(process.argv[2]!) as LargeRequest))}\n`);
process.exit(0);
