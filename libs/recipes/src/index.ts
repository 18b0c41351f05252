/** The catalog of systems: networks, players, data, schedule and what to show. */
export { recipes, type RecipeName } from './catalog.ts';
export type { DataInfo, Recipe, RunDefaults } from './recipe.ts';
// What training reads of a game.
export {
  isMove,
  type Average,
  type Game,
  type GradientRules,
  type Move,
  type Phase,
  type Player,
  type Rule,
} from './game.ts';
export type { DeclaredState } from './declared-state.ts';
export type { Batch, Circumstances, Play, PlayerLoss } from './play.ts';
export type { SamplePlay, Sampler } from './sampler.ts';
export type { Stage } from './stage.ts';
