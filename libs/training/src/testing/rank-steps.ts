/** One rank of a comparison: trains some steps of a recipe and sends what it computed to its parent. Started by `trainOnRanks`. */
import { once } from 'node:events';
import { joinGroup, leaveGroup, listen, type PeerAddress } from '@kiln/collectives';
import { openDataset, type Dataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes, type Game, type Recipe } from '@kiln/recipes';
import { Trainer } from '../trainer.ts';
import { growingData, growingGame } from './growing-game.ts';
import { growing, type RankMessage, type RankReport, type RankRequest } from './train-on-ranks.ts';

async function open({ recipe: name, dataFolder, settings }: RankRequest): Promise<[Game, Dataset]> {
  if (name === growing) return [growingGame(settings), await growingData(dataFolder)];
  const recipe = (recipes as Record<string, Recipe>)[name]!;
  const dataset = await openDataset(recipe.data!(dataFolder));
  return [recipe.build(recipe.settings.parse(settings), dataset), dataset];
}

const send = (message: RankMessage, sent = (): void => undefined): boolean => process.send!(message, sent);

async function meetPeers(rank: number): Promise<{ peers: PeerAddress[] }> {
  const answer = once(process, 'message') as Promise<[PeerAddress[]]>;
  send({ listening: { host: `host-${rank}`, ...listen() } });
  return { peers: (await answer)[0] };
}

async function run(request: RankRequest): Promise<RankReport> {
  const { rank, worldSize, group, steps, batch, accumulate = 1, precision, apart = false } = request;
  startEngine({ intraOpThreads: 1, interOpThreads: 2 });
  const others = apart ? await meetPeers(rank) : {};
  if (worldSize > 1) await joinGroup({ name: group, rank, worldSize, generation: 1, ...others });
  const [game, dataset] = await open(request);
  const trainer = await Trainer.create({
    game,
    dataset,
    seed: 3,
    batch,
    accumulate,
    rank,
    reportGradients: true,
    ...(precision === undefined ? {} : { precision }),
  });
  const metrics: Record<string, number>[] = [];
  const gradients: Record<string, number[]> = {};
  for (let step = 0; step < steps; step++) {
    metrics.push((await trainer.next()).metrics);
    if (step > 0) continue;
    for (const [phase, named] of Object.entries(trainer.lastGradients ?? {}))
      for (const [path, tensor] of Object.entries(named))
        gradients[`${phase}/${path}`] = [...(await tensor.data())];
  }
  const declared: Record<string, number[]> = {};
  for (const [path, { data }] of await trainer.read((name) => /^(declared|scaling)\//.test(name)))
    declared[path] = [...data];
  await trainer.close();
  dataset.dispose();
  if (worldSize > 1) await leaveGroup();
  return { metrics, gradients, declared };
}

process.once('message', (request: RankRequest) => {
  run(request).then(
    (report) => send({ report }, () => process.exit(0)),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
