/** The networks of one forward pass; statistics move along as networks are applied. */
import { nameScope } from '@kiln/engine';
import { apply, type ForwardOptions, type Named, type Network, type Variables } from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';

export class NetworkTable {
  readonly #networks: Readonly<Record<string, Network>>;
  readonly #variables: Record<string, Variables>;
  readonly #options: ForwardOptions;
  /** Parameters that some application asked for, `network.path`. */
  readonly used = new Set<string>();

  constructor(
    networks: Readonly<Record<string, Network>>,
    variables: Readonly<Record<string, Variables>>,
    options: ForwardOptions,
  ) {
    this.#networks = networks;
    this.#variables = { ...variables };
    this.#options = options;
  }

  apply(name: string, inputs: tf.Tensor[]): tf.Tensor {
    const network = this.#networks[name];
    const variables = this.#variables[name];
    if (network === undefined || variables === undefined)
      throw new RangeError(
        `there is no network "${name}" here; there is ${Object.keys(this.#variables).join(', ')}`,
      );
    const { output, stats, used } = nameScope(name, () => apply(network, variables, inputs, this.#options));
    for (const path of used) this.used.add(`${name}.${path}`);
    this.#variables[name] = { params: variables.params, stats };
    return output;
  }

  stats(): Record<string, Named> {
    return Object.fromEntries(Object.entries(this.#variables).map(([name, { stats }]) => [name, stats]));
  }
}
