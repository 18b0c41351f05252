/** One rank of a comparison: trains some steps of a recipe and sends what it computed to its parent. Started by `trainOnRanks`. */
import { once } from 'node:events';
import { joinGroup, leaveGroup, listen, type PeerAddress } from '@kiln/collectives';
import { openDataset, type Dataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes, type Game, type Recipe } from '@kiln/recipes';
import { Trainer } from '../trainer.ts';
import { firstMoves } from './first-moves.ts';
import { gentleGame, gentleSteps } from './gentle-game.ts';
import { growingData, growingGame } from './growing-game.ts';
import { stirredStart } from './stirred-start.ts';
import { growing, type RankMessage, type RankReport, type RankRequest } from './train-on-ranks.ts';

async function open({ recipe: name, dataFolder, settings = {} }: RankRequest): Promise<[Game, Dataset]> {
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
  const { rank, worldSize, group, asItIs = false, batch, seed = 3, accumulate = 1, precision } = request;
  startEngine({ intraOpThreads: 1, interOpThreads: 2 });
  const others = request.apart === true ? await meetPeers(rank) : {};
  if (worldSize > 1) await joinGroup({ name: group, rank, worldSize, generation: 1, ...others });
  const [game, dataset] = await open(request);
  const batchStatistics = request.mistake === 'local-statistics' ? 'local' : 'global';
  const common = { dataset, seed, batch, accumulate, batchStatistics } as const;
  const uneven = request.mistake === 'uneven-shares';
  const start = asItIs ? undefined : await stirredStart(game, seed);
  const first =
    start === undefined
      ? { gradients: {}, carried: {}, metrics: {} }
      : await firstMoves({ ...common, game, start, uneven });
  const options = { ...common, rank, ...(precision === undefined ? {} : { precision }) };
  const trainer = await Trainer.create({ ...options, game: asItIs ? game : gentleGame(game, batch) }, start);
  const parameters = () => trainer.read((path) => /^networks\/\w+\/params\//.test(path));
  const before = await parameters();
  const metrics: Record<string, number>[] = [];
  const { steps = gentleSteps(game) } = request;
  while (trainer.step < steps) metrics.push((await trainer.next()).metrics);
  const moved: RankReport['moved'] = {};
  for (const [path, { data }] of await parameters())
    moved[path] = Float32Array.from(data, (value, i) => value - before.get(path)!.data[i]!);
  const declared: Record<string, number[]> = {};
  for (const [path, { data }] of await trainer.read((name) => /^(declared|scaling)\//.test(name)))
    declared[path] = [...data];
  await trainer.close();
  dataset.dispose();
  if (worldSize > 1) await leaveGroup();
  return { first, metrics, moved, declared };
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
