/** Declared state, schedules and the stage as losses, rules and samplers read them. */
import type { Named } from '@kiln/nn';
import type { Circumstances, DeclaredState, Game } from '@kiln/recipes';
import type * as tf from '@tensorflow/tfjs-core';

export function circumstances(stage: number, declared: Named, schedules: Named): Circumstances {
  return {
    stage,
    state: (name) => named('declared state', declared, name),
    schedule: (name) => named('schedule', schedules, name) as tf.Scalar,
  };
}

/** Throws `RangeError` for a name that the game does not declare. */
export function declarationOf(game: Game, name: string): DeclaredState {
  return named('declared state', game.state ?? {}, name);
}

function named<T>(kind: string, values: Readonly<Record<string, T>>, name: string): T {
  const value = values[name];
  if (value !== undefined) return value;
  throw new RangeError(
    `the game has no ${kind} "${name}"; it has ${Object.keys(values).join(', ') || 'none'}`,
  );
}
