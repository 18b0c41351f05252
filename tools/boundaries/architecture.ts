/** The architecture as a table: what each project may import. A new lib or app starts with a row here. */

/** Short names: `engine` is the package `@kiln/engine`. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  tensorflow: [],
  engine: ['tensorflow'],
  collectives: ['tensorflow', 'engine'],
  nn: ['engine', 'collectives'],
  losses: ['engine', 'collectives', 'nn'],
  models: ['engine', 'collectives', 'nn'],
  datasets: ['tensorflow', 'engine'],
  recipes: ['engine', 'collectives', 'nn', 'losses', 'models', 'datasets'],
  training: ['engine', 'collectives', 'nn', 'losses', 'models', 'datasets', 'recipes'],

  checkpoints: [],
  weights: ['checkpoints'],
  metrics: ['tensorflow', 'engine', 'nn', 'models', 'weights'],
  summaries: [],
  control: [],

  cli: ['control', 'checkpoints', 'summaries'],
  coordinator: ['control', 'checkpoints'],
  worker: [
    'tensorflow',
    'engine',
    'collectives',
    'nn',
    'losses',
    'models',
    'datasets',
    'recipes',
    'training',
    'checkpoints',
    'summaries',
    'control',
  ],
  bench: [
    'tensorflow',
    'engine',
    'collectives',
    'nn',
    'losses',
    'models',
    'datasets',
    'recipes',
    'training',
    'checkpoints',
  ],
};
