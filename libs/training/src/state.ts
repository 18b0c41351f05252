/** Everything a step reads and replaces: one tree of tensors, checkpointed as it stands. */
import { random, type Key, type Precision } from '@kiln/engine';
import { initialize, type Named, type Variables } from '@kiln/nn';
import type { Game } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { initialScaling } from './loss-scale.ts';

/** A type alias, because an interface would not be assignable to the engine's tree of tensors. */
export type TrainingState = {
  readonly networks: { readonly [network: string]: Variables };
  /** Optimiser memory by player. */
  readonly slots: { readonly [player: string]: Named };
  /** Moving averages by network. */
  readonly averages: { readonly [network: string]: Variables };
  /** What the game declared beside weights. */
  readonly declared: Named;
  /** Of the loss, for float16; empty otherwise. */
  readonly scaling: Named;
};

/** The state before the first step, a function of `key` alone: all workers start with the same bits. */
export function initialState(game: Game, key: Key, precision: Precision = 'float32'): TrainingState {
  const networks: Record<string, Variables> = {};
  for (const [index, name] of Object.keys(game.networks).entries())
    networks[name] = initialize(game.networks[name]!, random.fold(key, index));
  const averages = Object.fromEntries(game.averages.map(({ network }) => [network, networks[network]!]));
  const declared = Object.fromEntries(
    Object.entries(game.state ?? {}).map(([name, { shape, dtype = 'float32', init }]) => [
      name,
      tf.fill([...shape], init, dtype),
    ]),
  );
  return {
    networks,
    slots: initialSlots(game, networks),
    averages,
    declared,
    scaling: precision === 'float16' ? initialScaling() : {},
  };
}

/** What the players' optimisers remember at first. */
export function initialSlots(game: Game, networks: TrainingState['networks']): TrainingState['slots'] {
  return Object.fromEntries(
    Object.entries(game.players).map(([name, player]) => [
      name,
      player.optimizer.init(ownedParams(networks, player.owns)),
    ]),
  );
}

/** The parameters of several networks as one flat tree, `network.path`. */
export function ownedParams(networks: Readonly<Record<string, Variables>>, owns: readonly string[]): Named {
  return Object.fromEntries(
    owns.flatMap((network) =>
      Object.entries(networks[network]!.params).map(([path, value]) => [`${network}.${path}`, value]),
    ),
  );
}

/** Puts the parameters of `ownedParams` back into their networks. */
export function withOwnedParams(
  networks: Readonly<Record<string, Variables>>,
  owns: readonly string[],
  params: Named,
): Record<string, Variables> {
  const next: Record<string, Variables> = { ...networks };
  for (const network of owns) {
    const own = networks[network]!;
    const paths = Object.keys(own.params);
    next[network] = {
      params: Object.fromEntries(paths.map((path) => [path, params[`${network}.${path}`]!])),
      stats: own.stats,
    };
  }
  return next;
}
