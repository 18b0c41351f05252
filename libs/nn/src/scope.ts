/**
 * Where a network finds its variables. A forward function asks its scope for parameters and statistics by name;
 * the same function therefore declares them (when initialising) and uses them (when applied).
 */
import { nameScope, outlive, random, type Key } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { NetworkError } from './errors.ts';
import type { Initializer } from './initializers.ts';

/** Tensors by path, for example `block1.conv.kernel`. */
export type Named = Readonly<Record<string, tf.Tensor>>;

/** What a network owns: trained `params`, and `stats` that are carried but not trained. A type alias, to be a tree. */
export type Variables = {
  readonly params: Named;
  readonly stats: Named;
};

/** Whose batch a batch statistic describes: all workers' (`global`) or this worker's alone (`local`). */
export type BatchStatistics = 'global' | 'local';

export interface ForwardOptions {
  /** Batch statistics are used and running ones updated only when training. */
  readonly training: boolean;
  readonly batchStatistics: BatchStatistics;
  /**
   * Share of this batch in the running mean and variance, in place of the layers' own: 1/k at the k-th of several
   * passes gives their average, the standing statistics.
   */
  readonly momentum?: number | tf.Tensor | undefined;
  /**
   * Which of its stages a growing network is in. Left out by the pass that declares variables: a growing network
   * then runs so that all of its stages have theirs.
   */
  readonly stage?: number;
  /** Numbers that change over a run, float32 scalars by name. */
  readonly schedules?: Readonly<Record<string, tf.Tensor>>;
}

/** The variables of one forward pass, shared by all of its scopes. */
export interface Store {
  readonly options: ForwardOptions;
  param(path: string, shape: number[], initializer: Initializer): tf.Tensor;
  stat(path: string, shape: number[], initializer: Initializer): tf.Tensor;
  setStat(path: string, value: tf.Tensor): void;
}

export class Scope {
  readonly #store: Store;
  readonly path: string;

  constructor(store: Store, path = '') {
    this.#store = store;
    this.path = path;
  }

  get options(): ForwardOptions {
    return this.#store.options;
  }

  /** Schedule `name`; while variables are declared, 1. */
  schedule(name: string): tf.Tensor {
    const { schedules } = this.options;
    const value = schedules?.[name];
    if (value !== undefined) return value;
    if (this.options.stage === undefined) return tf.scalar(1);
    throw new NetworkError(
      'missing-schedule',
      `the game has no schedule "${name}"; it has ${Object.keys(schedules ?? {}).join(', ') || 'none'}`,
    );
  }

  /** Runs `body` in the sub-scope `name`; its ops appear under that name in TensorBoard's graph. */
  in<T>(name: string, body: (scope: Scope) => T): T {
    return nameScope(name, () => body(new Scope(this.#store, this.#join(name))));
  }

  /** A trained tensor of `shape`, float32. */
  param(name: string, shape: number[], initializer: Initializer): tf.Tensor {
    return this.#store.param(this.#join(name), shape, initializer);
  }

  /** A carried, untrained tensor: the value before this pass, or the one set earlier in it. */
  stat(name: string, shape: number[], initializer: Initializer): tf.Tensor {
    return this.#store.stat(this.#join(name), shape, initializer);
  }

  setStat(name: string, value: tf.Tensor): void {
    this.#store.setStat(this.#join(name), value);
  }

  #join(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}

/** Declares variables: each is drawn from a key of its own, derived from its path, so adding one moves no other. */
export class InitializingStore implements Store {
  readonly options: ForwardOptions = { training: true, batchStatistics: 'local' };
  readonly params: Record<string, tf.Tensor> = {};
  readonly stats: Record<string, tf.Tensor> = {};
  readonly #key: Key;

  constructor(key: Key) {
    this.#key = key;
  }

  param(path: string, shape: number[], initializer: Initializer): tf.Tensor {
    return (this.params[path] ??= this.#draw(path, shape, initializer));
  }

  stat(path: string, shape: number[], initializer: Initializer): tf.Tensor {
    return (this.stats[path] ??= this.#draw(path, shape, initializer));
  }

  /** Initial statistics are the declared ones: the pass that declares them sees no data. */
  setStat(): void {}

  #draw(path: string, shape: number[], initializer: Initializer): tf.Tensor {
    return initializer(shape, random.fold(this.#key, hashPath(path)));
  }
}

/** Serves stored variables and collects updated statistics. */
export class ApplyingStore implements Store {
  readonly options: ForwardOptions;
  readonly #variables: Variables;
  readonly #updated: Record<string, tf.Tensor> = {};
  /** Paths of the parameters that the pass asked for. */
  readonly used = new Set<string>();

  constructor(variables: Variables, options: ForwardOptions) {
    this.#variables = variables;
    this.options = options;
  }

  param(path: string, shape: number[]): tf.Tensor {
    this.used.add(path);
    return checked('parameter', path, this.#variables.params[path], shape);
  }

  stat(path: string, shape: number[]): tf.Tensor {
    return checked('statistic', path, this.#updated[path] ?? this.#variables.stats[path], shape);
  }

  setStat(path: string, value: tf.Tensor): void {
    // It may be set inside a function that is being differentiated, and is read when that has ended.
    this.#updated[path] = outlive(value);
  }

  /** All statistics, updated where this pass updated them. */
  get stats(): Named {
    return { ...this.#variables.stats, ...this.#updated };
  }
}

function checked(kind: string, path: string, value: tf.Tensor | undefined, shape: number[]): tf.Tensor {
  if (value === undefined)
    throw new NetworkError('missing-variable', `${kind} "${path}" is not among the stored variables`);
  if (value.shape.length !== shape.length || value.shape.some((size, axis) => size !== shape[axis]))
    throw new NetworkError(
      'shape-mismatch',
      `${kind} "${path}" must be [${shape.join(', ')}], got [${value.shape.join(', ')}]`,
    );
  return value;
}

/** FNV-1a, 31 bits: a stable number for a path, used to derive its key. */
export function hashPath(path: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(path)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash & 0x7fffffff;
}
