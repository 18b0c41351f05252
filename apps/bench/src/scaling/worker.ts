/** One worker of a team: trains a DCGAN on drawn shapes as `kiln train` does, and times its steps. */
import { joinGroup } from '@kiln/collectives';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { Trainer } from '@kiln/training';
import type { Post, StepsRequest } from './team.ts';

const warmups = 3;
const { group, rank, worldSize, batch, threads, resolution, bucketBytes } = JSON.parse(
  process.argv[2] ?? '',
) as Post;

startEngine({ intraOpThreads: threads, interOpThreads: 2 });
if (group !== null) await joinGroup({ name: group, rank, worldSize, generation: 0 });
const dataset = await openDataset({ source: 'shapes', resolution });
const recipe = recipes['digits-dcgan'];
// The digits' own networks at their resolution, those of Radford et al. (2016) at half of theirs.
const settings = resolution === 8 ? {} : { latent: 128, width: 64, stages: 3 };
const trainer = await Trainer.create({
  game: recipe.build(recipe.settings.parse(settings), dataset),
  dataset,
  seed: 1,
  batch,
  rank,
  ...(bucketBytes === undefined ? {} : { bucketBytes }),
});

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
