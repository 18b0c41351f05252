import { describe, expect, test } from 'vitest';
import { attr } from './attr.ts';
import { DataType } from './data-type.ts';
import type { GraphNode } from './native.ts';
import { failure, float, only, protos, start, values } from './test-support.ts';

const binding = start();
const edge = (node: GraphNode) => node.outputs[0]!.edge;

/** A new graph with a placeholder x of a shape. */
function graphWithInput(shape: number[] | null) {
  const graph = binding.newGraph();
  return { graph, x: edge(binding.graphPlaceholder(graph, 'x', shape, DataType.float)) };
}

/** Registers y = op(x) under a name. */
function unary(name: string, op: string): Uint8Array {
  const { graph, x } = graphWithInput([2]);
  const y = edge(binding.graphOp(graph, { op, name: 'y', inputs: [x], attrs: [] }));
  const definition = binding.graphToFunction(graph, { name, inputs: [x], outputs: [y] });
  binding.deleteGraph(graph);
  binding.addFunction(definition);
  return definition;
}

describe('a graph', () => {
  test('infers types and shapes as it grows', () => {
    const { graph, x } = graphWithInput([-1, 2]);
    const w = binding.graphConstant(graph, 'w', [2, 3], DataType.float, new Float32Array(6));
    expect(w).toEqual({ node: 1, name: 'w', outputs: [{ edge: 1, shape: [2, 3], dtype: DataType.float }] });
    const y = binding.graphOp(graph, { op: 'MatMul', name: 'layer/y', inputs: [x, edge(w)], attrs: [] });
    expect(y).toEqual({
      node: 2,
      name: 'layer/y',
      outputs: [{ edge: 2, shape: [-1, 3], dtype: DataType.float }],
    });
    binding.deleteGraph(graph);
  });

  test('knows edges of unknown rank', () => {
    const { graph, x } = graphWithInput(null);
    const y = binding.graphOp(graph, { op: 'Neg', name: 'y', inputs: [x], attrs: [] });
    expect(y.outputs[0]!.shape).toBeNull();
    binding.deleteGraph(graph);
  });

  test('takes lists of edges, attributes of both forms and ops with many outputs', () => {
    const { graph, x } = graphWithInput([2]);
    const attrs = [
      ...protos({ axis: attr.int(1) }),
      { name: 'since_removed', type: binding.TF_ATTR_BOOL, value: true },
    ];
    const packed = binding.graphOp(graph, { op: 'Pack', name: 'pack', inputs: [[x, x, x]], attrs });
    expect(packed.outputs[0]!.shape).toEqual([2, 3]);
    const num = { name: 'num', type: binding.TF_ATTR_INT, value: 3 };
    const axis = { name: 'axis', type: binding.TF_ATTR_INT, value: 1 };
    const unpacked = binding.graphOp(graph, {
      op: 'Unpack',
      name: 'un',
      inputs: [edge(packed)],
      attrs: [num, axis],
    });
    expect(unpacked.outputs.map((output) => output.shape)).toEqual([[2], [2], [2]]);
    binding.deleteGraph(graph);
  });

  test('folds what is constant, and nothing else', () => {
    const { graph, x } = graphWithInput([4, 5]);
    const shape = binding.graphOp(graph, { op: 'Shape', name: 'shape', inputs: [x], attrs: [] });
    const folded = binding.graphTryEvaluate(graph, edge(shape));
    expect(values(folded!)).toEqual([4, 5]);
    expect(binding.graphTryEvaluate(graph, x)).toBeNull();
    binding.deleteTensor(folded!);
    binding.deleteGraph(graph);
  });

  test('holds strings', () => {
    const graph = binding.newGraph();
    const text = binding.graphConstant(graph, 'text', [1], DataType.string, ['gan']);
    const id = binding.graphTryEvaluate(graph, edge(text));
    expect(binding.tensorDataSync(id!)).toEqual([new TextEncoder().encode('gan')]);
    binding.deleteGraph(graph);
  });

  test('can be written as a GraphDef', () => {
    const { graph, x } = graphWithInput([2]);
    binding.graphOp(graph, { op: 'Neg', name: 'scope/negated', inputs: [x], attrs: [], device: '/CPU:1' });
    const text = new TextDecoder().decode(binding.graphToGraphDef(graph));
    expect(text).toContain('scope/negated');
    expect(text).toContain('CPU:1');
    binding.deleteGraph(graph);
  });
});

describe('a node that fails', () => {
  const { graph, x } = graphWithInput([2, 3]);
  const add = (op: object) =>
    binding.graphOp(graph, { op: 'MatMul', name: 'y', inputs: [x, x], attrs: [], ...op });
  test.each([
    ['shapes that do not fit', {}, 'INVALID_ARGUMENT', 'node y (MatMul): Dimensions must be equal'],
    ['unknown op', { op: 'NoSuchOp' }, 'INVALID_ARGUMENT', "Op type not registered 'NoSuchOp'"],
    ['too few inputs', { inputs: [x] }, 'INVALID_ARGUMENT', 'node y (MatMul)'],
    ['edge out of range', { inputs: [x, 99] }, 'NOT_FOUND', 'edge 99 does not exist; the graph has 1'],
    ['negative edge', { inputs: [x, -1] }, 'INVALID_ARGUMENT', 'inputs[1] must be an integer'],
    ['control out of range', { controls: [9] }, 'NOT_FOUND', 'node 9 does not exist; the graph has 1'],
    [
      'unknown attribute',
      { attrs: protos({ no: attr.int(1) }) },
      'INVALID_ARGUMENT',
      'MatMul has no attribute no',
    ],
    [
      'bad attribute',
      { attrs: protos({ T: Uint8Array.of(255) }) },
      'INVALID_ARGUMENT',
      'node y (MatMul), attribute T',
    ],
    ['used name', { op: 'Neg', inputs: [x], name: 'x' }, 'INVALID_ARGUMENT', 'Duplicate node name'],
    [
      'impossible name',
      { op: 'Neg', inputs: [x], name: 'a b' },
      'INVALID_ARGUMENT',
      'node name "a b" must consist of',
    ],
  ])('because of %s says so', async (_, op, codeName, text) => {
    const error = await failure(() => add(op));
    expect(error.detail).toContain(text);
    expect(error.codeName).toBe(codeName);
  });

  test('leaves nothing in the graph', () => {
    expect(add({ op: 'Neg', inputs: [x] })).toMatchObject({ node: 1, name: 'y' });
    expect(new TextDecoder().decode(binding.graphToGraphDef(graph))).not.toContain('MatMul');
  });
});

test('a deleted graph is refused', async () => {
  const graph = binding.newGraph();
  binding.deleteGraph(graph);
  expect((await failure(() => binding.graphToGraphDef(graph))).detail).toBe(`graph ${graph} was deleted`);
});

describe('a function', () => {
  test('runs like an op, on any lane', async () => {
    unary('negate', 'Neg');
    const x = float([2], [1, 2]);
    expect(values(only(binding.executeOp('negate', [], [x], 1)))).toEqual([-1, -2]);
    expect(values(only(await binding.executeOpAsync('negate', [], [x], 1, { lane: 'input' })))).toEqual([
      -1, -2,
    ]);
    binding.removeFunction('negate');
    expect((await failure(() => binding.executeOp('negate', [], [x], 1))).codeName).toBe('NOT_FOUND');
  });

  test('names its outputs', () => {
    const { graph, x } = graphWithInput([2]);
    const spec = { name: 'named', inputs: [x], outputs: [x, x], outputNames: ['first', 'second'] };
    const text = new TextDecoder().decode(binding.graphToFunction(graph, spec));
    expect(text).toContain('first');
    expect(text).toContain('second');
  });

  test('runs stateful nodes that are listed as control outputs', () => {
    const graph = binding.newGraph();
    const path = binding.graphPlaceholder(graph, 'path', [], DataType.bool);
    const text = binding.graphConstant(graph, 'text', [], DataType.string, ['control output ran']);
    const check = { op: 'Assert', name: 'check', inputs: [edge(path), [edge(text)]], attrs: [] };
    const { node } = binding.graphOp(graph, check);
    const spec = { name: 'checked', inputs: [edge(path)], outputs: [], controlOutputs: [node] };
    binding.addFunction(binding.graphToFunction(graph, spec));
    const no = binding.createTensor([], DataType.bool, Uint8Array.of(0));
    return expect(failure(() => binding.executeOp('checked', [], [no], 0))).resolves.toMatchObject({
      codeName: 'INVALID_ARGUMENT',
      detail: expect.stringContaining('control output ran'),
    });
  });

  test('may be a branch of another', () => {
    const branches = { thenBranch: unary('then_negate', 'Neg'), elseBranch: unary('else_square', 'Square') };
    const { graph, x } = graphWithInput([2]);
    const condition = edge(binding.graphPlaceholder(graph, 'condition', [], DataType.bool));
    binding.graphCopyFunction(graph, branches.thenBranch);
    binding.graphCopyFunction(graph, branches.elseBranch);
    const attrs = protos({
      Tcond: attr.type(DataType.bool),
      Tin: attr.typeList([DataType.float]),
      Tout: attr.typeList([DataType.float]),
      then_branch: attr.func('then_negate'),
      else_branch: attr.func('else_square'),
    });
    const y = binding.graphOp(graph, { op: 'StatelessIf', name: 'y', inputs: [condition, [x]], attrs });
    const spec = { name: 'choose', inputs: [condition, x], outputs: [edge(y)] };
    binding.addFunction(binding.graphToFunction(graph, spec));
    const run = (chosen: number) => {
      const flag = binding.createTensor([], DataType.bool, Uint8Array.of(chosen));
      return values(only(binding.executeOp('choose', [], [flag, float([2], [3, 4])], 1)));
    };
    expect([run(1), run(0)]).toEqual([
      [-3, -4],
      [9, 16],
    ]);
  });

  test('is counted, and goes after as many removals as additions', async () => {
    const before = binding.stats().functions;
    const definition = unary('counted', 'Neg');
    binding.addFunction(definition);
    expect(binding.stats().functions).toBe(before + 1);
    binding.removeFunction('counted');
    expect(values(only(binding.executeOp('counted', [], [float([2], [1, 2])], 1)))).toEqual([-1, -2]);
    binding.removeFunction('counted');
    expect(binding.stats().functions).toBe(before);
    expect((await failure(() => binding.removeFunction('counted'))).detail).toBe(
      'function counted is not registered',
    );
  });

  test.each([
    ['an output out of range', { inputs: [0], outputs: [5] }, 'edge 5 does not exist'],
    ['an input given twice', { inputs: [0, 0], outputs: [0] }, 'function bad'],
    [
      'names missing',
      { inputs: [0], outputs: [0, 0], outputNames: ['a'] },
      'outputNames must have one name for each of the 2 outputs, got 1',
    ],
  ])('with %s is refused', async (_, spec, text) => {
    const { graph } = graphWithInput([2]);
    expect((await failure(() => binding.graphToFunction(graph, { name: 'bad', ...spec }))).detail).toContain(
      text,
    );
  });

  test('that is no FunctionDef is refused', async () => {
    expect((await failure(() => binding.addFunction(Uint8Array.of(1, 2, 3)))).codeName).toBe(
      'INVALID_ARGUMENT',
    );
  });
});
