import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { StateCell } from './state-cell.ts';
import { startEngine } from './start-engine.ts';
import { specsOf } from './specs.ts';
import { disposeTree, flattenTree, mapTree, type Tree, unflattenTree } from './tree.ts';

beforeAll(() => startEngine());

const make = () => ({ G: { conv: [tf.scalar(1), tf.scalar(2)] }, step: tf.scalar(3, 'int32') });

describe('a tree of tensors', () => {
  it('flattens to paths in its own order and back', () => {
    const tree = make();
    const leaves = flattenTree(tree);
    expect([...leaves.keys()]).toEqual(['G/conv/0', 'G/conv/1', 'step']);
    expect(unflattenTree(tree, leaves)).toEqual(tree);
    expect([...flattenTree(tree.step).keys()]).toEqual(['']);
  });

  it('maps leaves with their paths', () => {
    const doubled = mapTree(make(), (leaf, path) => (path === 'step' ? leaf : tf.mul(leaf, 2)));
    expect(doubled.G.conv[1]!.dataSync()[0]).toBe(4);
  });

  it('describes itself as specs', () => {
    expect(specsOf(make())).toEqual({
      G: {
        conv: [
          { shape: [], dtype: 'float32' },
          { shape: [], dtype: 'float32' },
        ],
      },
      step: { shape: [], dtype: 'int32' },
    });
  });

  it('refuses what is no tree, and names that would make paths ambiguous', () => {
    expect(() => flattenTree({ a: 3 } as unknown as Tree)).toThrow(
      "[engine] expected a tensor or a tree of tensors at 'a', got 3",
    );
    expect(() => flattenTree({ 'a/b': tf.scalar(1) })).toThrow(
      "name 'a/b' at '' must not be empty or contain '/'",
    );
    expect(() => unflattenTree(make(), new Map())).toThrow("no tensor for 'G/conv/0'");
  });

  it('disposes leaves that are there twice', () => {
    const x = tf.scalar(1);
    disposeTree([x, x]);
    expect(x.isDisposed).toBe(true);
  });
});

describe('a state cell', () => {
  it('owns its tensors: tidy leaves them alone, replace and dispose free them', () => {
    const before = tf.memory().numTensors;
    const cells: StateCell<{ w: tf.Scalar; fixed: tf.Scalar }>[] = [];
    tf.tidy(() => void cells.push(new StateCell({ w: tf.scalar(1), fixed: tf.scalar(2) })));
    const cell = cells[0]!;
    const { w, fixed } = cell.value;
    cell.replace({ w: tf.scalar(3), fixed });
    expect([w.isDisposed, fixed.isDisposed, cell.value.w.dataSync()[0]]).toEqual([true, false, 3]);
    cell.dispose();
    cell.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => cell.value).toThrow('the state cell was disposed');
  });

  it('gives a tensor that appears twice a handle for each place', () => {
    const x = tf.scalar(1);
    const cell = new StateCell({ a: x, b: x });
    cell.value.a.dispose();
    expect(cell.value.b.dataSync()[0]).toBe(1);
    cell.dispose();
  });

  it('refuses disposed tensors, by path', () => {
    const x = tf.scalar(1);
    x.dispose();
    expect(() => new StateCell({ D: { w: x } })).toThrow("the tensor for 'D/w' is disposed");
  });
});
