/** What is compared with TensorFlow's nested tape: inputs and our gradients of every case, as plain numbers. */
import { compile, random, StateCell, valueAndGrad, type Tree } from '@kiln/engine';
import { apply, hashPath, initialize, type Named, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { allCases } from '../../../libs/engine/src/gradients/testing/cases.ts';
import { drawn, firstGradients, secondGradients } from '../../../libs/engine/src/gradients/testing/check.ts';
import type { PenaltyCase } from './penalties.ts';

export interface Plain {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const plain = (x: tf.Tensor): Plain => ({ shape: x.shape, values: [...x.dataSync()] });
const plainAll = (named: Named): Record<string, Plain> =>
  Object.fromEntries(Object.entries(named).map(([name, x]) => [name, plain(x)]));

/** N(0, 1), a function of the name. */
const draws = (shape: readonly number[], name: string): tf.Tensor =>
  random.normal(shape, random.key(11, name));

function inputOf(name: string, shape: readonly number[], label: string): tf.Tensor {
  if (name === 'labels') return random.integers(shape, random.key(11, label), 0, 5);
  const x = draws(shape, label);
  return name === 'mix' ? tf.sigmoid(x) : x;
}

/** Started as a model is, then moved, so that nothing is at a special value such as a bias of 0. */
function moved(variables: Variables, label: string): Variables {
  const params = Object.entries(variables.params).map(([path, value]) => {
    const scale = Math.max(tf.max(tf.abs(value)).dataSync()[0]! * 0.1, 0.2);
    return [path, tf.add(value, tf.mul(draws(value.shape, `${label}/${path}`), scale))] as const;
  });
  return { params: Object.fromEntries(params), stats: variables.stats };
}

const prefixed = (networks: Readonly<Record<string, Named>>): Named =>
  Object.fromEntries(
    Object.entries(networks).flatMap(([name, named]) =>
      Object.entries(named).map(([path, x]) => [`${name}.${path}`, x]),
    ),
  );

/** The loss of a penalty case and its gradient for every parameter, in one compiled function. */
export async function penaltyNumbers({ name, networks, inputs: shapes, loss }: PenaltyCase): Promise<object> {
  const start = Object.fromEntries(
    Object.entries(networks).map(([network, definition]) => [
      network,
      moved(initialize(definition, random.key(hashPath(name), network)), `${name}/${network}`),
    ]),
  );
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([input, shape]) => [input, inputOf(input, shape, `${name}/${input}`)]),
  );
  const params = Object.fromEntries(Object.entries(start).map(([network, v]) => [network, v.params]));
  const step = compile('penalty', (state: typeof params, given: Tree) => {
    const result = valueAndGrad((trained: typeof params) => {
      const stats = Object.fromEntries(Object.entries(start).map(([network, v]) => [network, v.stats]));
      const applied = (network: string, ...args: tf.Tensor[]): tf.Tensor => {
        const variables = { params: trained[network]!, stats: stats[network]! };
        const options = { training: true, batchStatistics: 'local' } as const;
        const { output, stats: next } = apply(networks[network]!, variables, args, options);
        stats[network] = next;
        return output;
      };
      return { loss: loss(applied, given as Named), aux: {} };
    }, state);
    return { state, outputs: { loss: result.loss, gradients: prefixed(result.grads) } };
  });
  const outputs = await step.run(new StateCell(params), inputs);
  const stats = Object.fromEntries(Object.entries(start).map(([network, v]) => [network, v.stats]));
  return {
    inputs: plainAll(inputs),
    params: plainAll(prefixed(params)),
    stats: plainAll(prefixed(stats)),
    loss: outputs.loss.dataSync()[0],
    gradients: plainAll(outputs.gradients),
  };
}

/**
 * First and second gradients of an op with a kink: as the difference check draws its inputs, and with all inputs rounded
 * to halves, so that zeros and ties occur and the two libraries' conventions meet.
 */
export function kinkNumbers(name: string): object[] {
  const example = allCases.find((each) => each.name === name);
  if (example === undefined) throw new Error(`no gradient case "${name}"`);
  const { inputs, r, c } = drawn(example);
  const atKinks = inputs.map((x) => tf.div(tf.round(tf.mul(x, 2)), 2));
  return [inputs, atKinks].map((xs) => ({
    inputs: xs.map(plain),
    r: plain(r),
    c: c.map(plain),
    wrt: example.wrt ?? xs.map((_, i) => i),
    first: firstGradients(example, r)(xs).map(plain),
    second: secondGradients(example, r, c)(xs).map(plain),
  }));
}
