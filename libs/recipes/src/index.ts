/** The catalog of systems: networks, players, data, schedule and what to show. */
export { recipes, type RecipeName } from './catalog.ts';
export type { DataInfo, Recipe, RunDefaults } from './recipe.ts';
// What training reads of a game.
export type { Average, Batch, Game, Phase, Play, Player, PlayerLoss, Sampler } from './game.ts';
