/** Which variables of a run `kiln convert` moves: those of one network, or of a player's networks together. */
import { variableShapes } from '@kiln/nn';
import type { DataInfo, Game } from '@kiln/recipes';
import type { Shapes } from '@kiln/weights';
import { gameOf } from '../resolve-config.ts';
import type { RunConfig } from '../run-config.ts';
import { WorkerError } from '../worker-error.ts';

/** What a convention must know of the networks whose variables it names. */
export interface Subject {
  readonly recipe: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: DataInfo;
  readonly game: Game;
  /** As asked for: a network or a player of the game. */
  readonly asked: string;
  /** Names of its networks in the game. */
  readonly networks: readonly string[];
  /** By `<network>/params/…` and `<network>/stats/…`; `declared/…` of the state that goes with them. */
  readonly shapes: Shapes;
}

/** The average w, which goes with the mapping network that it is of. */
export const averageStyle = 'declared/wAverage';

/** Throws `WorkerError` (usage) for a name that is neither. */
export function subjectOf(plan: RunConfig, asked: string): Subject {
  const { recipe, settings, dataInfo: data } = plan;
  const game = gameOf(plan);
  const networks = Object.hasOwn(game.networks, asked) ? [asked] : (game.players[asked]?.owns ?? []);
  if (networks.length === 0) {
    const names = new Set([...Object.keys(game.networks), ...Object.keys(game.players)]);
    throw new WorkerError(
      'usage',
      `recipe ${recipe} has no network "${asked}"; --network is one of ${[...names].join(', ')}`,
    );
  }
  const shapes = new Map<string, readonly number[]>();
  for (const network of networks)
    for (const [path, shape] of variableShapes(game.networks[network]!))
      shapes.set(`${network}/${path}`, shape);
  const average = networks.includes('mapping') ? game.state?.['wAverage'] : undefined;
  if (average !== undefined) shapes.set(averageStyle, average.shape);
  return { recipe, settings, data, game, asked, networks, shapes };
}
