/** One worker of a team: trains a DCGAN on drawn 32x32 shapes as `kiln train` does, and times its steps. */
import { joinGroup } from '@kiln/collectives';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { Trainer } from '@kiln/training';
import type { Post, StepsRequest } from './team.ts';

const warmups = 3;
const { group, rank, worldSize, batch, threads } = JSON.parse(process.argv[2] ?? '') as Post;

startEngine({ intraOpThreads: threads, interOpThreads: 2 });
if (group !== null) await joinGroup({ name: group, rank, worldSize, generation: 0 });
const dataset = await openDataset({ source: 'shapes', resolution: 32 });
const recipe = recipes['digits-dcgan'];
const game = recipe.build(recipe.settings.parse({ latent: 128, width: 64, stages: 3 }), dataset);
const trainer = await Trainer.create({ game, dataset, seed: 1, batch, rank });

async function train(steps: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < steps; i++) {
    const start = performance.now();
    await trainer.next();
    taken.push(performance.now() - start);
  }
  return taken;
}

await train(warmups);
process.on('message', (request: StepsRequest) => {
  train(request.steps).then(
    (taken) => process.send?.(taken),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
