/** One rank of a comparison: trains some steps of a recipe and sends what it computed to its parent. Started by `trainOnRanks`. */
import { joinGroup, leaveGroup } from '@kiln/collectives';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes, type Recipe } from '@kiln/recipes';
import { Trainer } from '../trainer.ts';
import type { RankReport, RankRequest } from './train-on-ranks.ts';

async function run({
  recipe: name,
  rank,
  worldSize,
  group,
  steps,
  batch,
  dataFolder,
  settings,
}: RankRequest): Promise<RankReport> {
  startEngine({ intraOpThreads: 1, interOpThreads: 2 });
  if (worldSize > 1) await joinGroup({ name: group, rank, worldSize, generation: 1 });
  const recipe = (recipes as Record<string, Recipe>)[name]!;
  const dataset = await openDataset(recipe.data(dataFolder));
  const game = recipe.build(recipe.settings.parse(settings), dataset);
  const trainer = await Trainer.create({ game, dataset, seed: 3, batch, rank, reportGradients: true });
  const metrics: Record<string, number>[] = [];
  const gradients: Record<string, number[]> = {};
  for (let step = 0; step < steps; step++) {
    metrics.push((await trainer.next()).metrics);
    if (step > 0) continue;
    for (const [phase, named] of Object.entries(trainer.lastGradients ?? {}))
      for (const [path, tensor] of Object.entries(named))
        gradients[`${phase}/${path}`] = [...(await tensor.data())];
  }
  await trainer.close();
  dataset.dispose();
  if (worldSize > 1) await leaveGroup();
  return { metrics, gradients };
}

process.once('message', (request: RankRequest) => {
  run(request).then(
    (report) => process.send!(report, () => process.exit(0)),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
