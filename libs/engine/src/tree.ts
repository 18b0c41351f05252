/** Trees of tensors: how a step's state, inputs and outputs are named. A path joins the names with '/'. */
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from './errors.ts';

export type Tree = tf.Tensor | { readonly [name: string]: Tree } | readonly Tree[];

/** What a tensor will be, without its values. `tfDtype` only where TensorFlow's dtype is not one of tfjs's own. */
export interface Spec {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly tfDtype?: number;
}

export type SpecTree = Spec | { readonly [name: string]: SpecTree } | readonly SpecTree[];

function isSpec(node: object): node is Spec {
  return 'shape' in node && Array.isArray(node.shape) && 'dtype' in node && typeof node.dtype === 'string';
}

function visit<Leaf>(
  node: unknown,
  path: string,
  isLeaf: (node: object) => node is Leaf & object,
  leaf: (leaf: Leaf, path: string) => unknown,
): unknown {
  if (typeof node !== 'object' || node === null) {
    throw new EngineError(
      'bad-tree',
      `expected a tensor or a tree of tensors at '${path}', got ${String(node)}`,
    );
  }
  if (isLeaf(node)) return leaf(node, path);
  const below = (name: string) => (path === '' ? name : `${path}/${name}`);
  if (Array.isArray(node)) return node.map((child, i) => visit(child, below(String(i)), isLeaf, leaf));
  const out: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(node)) {
    if (name === '' || name.includes('/')) {
      throw new EngineError('bad-tree', `name '${name}' at '${path}' must not be empty or contain '/'`);
    }
    out[name] = visit(child, below(name), isLeaf, leaf);
  }
  return out;
}

const isTensor = (node: object): node is tf.Tensor => node instanceof tf.Tensor;

/** Maps every leaf, keeping the structure. */
export function mapTree<T extends Tree>(tree: T, fn: (leaf: tf.Tensor, path: string) => tf.Tensor): T {
  return visit(tree, '', isTensor, fn) as T;
}

/** Maps every tensor to anything, keeping the structure. */
export function mapTensors(tree: Tree, fn: (leaf: tf.Tensor, path: string) => unknown): unknown {
  return visit(tree, '', isTensor, fn);
}

/** The leaves by path, in the tree's own order. A bare tensor has the path ''. */
export function flattenTree(tree: Tree): Map<string, tf.Tensor> {
  const leaves = new Map<string, tf.Tensor>();
  visit(tree, '', isTensor, (leaf, path) => leaves.set(path, leaf));
  return leaves;
}

/** A tree with the structure of `like` and the leaves of `leaves`. */
export function unflattenTree<T extends Tree>(like: T, leaves: ReadonlyMap<string, tf.Tensor>): T {
  return mapTree(like, (_, path) => {
    const leaf = leaves.get(path);
    if (leaf === undefined) throw new EngineError('bad-tree', `no tensor for '${path}'`);
    return leaf;
  });
}

/** Disposes every leaf. A leaf that is there twice, or already disposed, is fine. */
export function disposeTree(tree: Tree): void {
  for (const leaf of flattenTree(tree).values()) leaf.dispose();
}

/** The leaves of a tree of specs, by path. */
export function flattenSpecs(specs: SpecTree): Map<string, Spec> {
  const leaves = new Map<string, Spec>();
  visit(specs, '', isSpec, (leaf, path) => leaves.set(path, leaf));
  return leaves;
}

/** Maps a tree of specs to a tree of tensors. */
export function mapSpecs(specs: SpecTree, fn: (spec: Spec, path: string) => tf.Tensor): Tree {
  return visit(specs, '', isSpec, fn) as Tree;
}
