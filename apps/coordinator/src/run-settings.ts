/** What the coordinator reads of a run's configuration; the rest is the workers' business and passed on as it is. */
import { ControlError } from '@kiln/control';

export interface RunSettings {
  recipe: string;
  /** Checkpoints kept besides permanent ones. */
  keepLast: number;
  /** Every so many steps a checkpoint is permanent; 0: none by rule. */
  permanentSteps: number;
  /** The checkpoint with the least or largest value of this metric is kept as well. */
  keepBest: { metric: string; order: 'min' | 'max' } | undefined;
}

export type RunConfig = Readonly<Record<string, unknown>>;

export function readRunSettings(config: RunConfig): RunSettings {
  return {
    recipe: typeof config.recipe === 'string' ? config.recipe : '',
    keepLast: wholeNumber(config, 'keepLast', 1, 3),
    permanentSteps: wholeNumber(config, 'permanentSteps', 0, 0),
    keepBest: keepBest(config['keepBest']),
  };
}

function keepBest(value: unknown): RunSettings['keepBest'] {
  if (value === undefined) return undefined;
  const { metric, order } = (value ?? {}) as { metric?: unknown; order?: unknown };
  if (typeof metric === 'string' && (order === 'min' || order === 'max')) return { metric, order };
  throw new ControlError(
    'invalid',
    `keepBest: expected a metric with order min or max, got ${JSON.stringify(value)}; set --keep-best metric:min`,
  );
}

function wholeNumber(config: RunConfig, key: string, least: number, otherwise: number): number {
  const value = config[key] ?? otherwise;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new ControlError(
    'invalid',
    `${key}: expected a whole number from ${least}, got ${JSON.stringify(value)}; the default is ${otherwise}`,
  );
}
