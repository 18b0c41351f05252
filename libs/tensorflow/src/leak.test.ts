import { expect, test } from 'vitest';
import { attr } from './attr.ts';
import { DataType } from './data-type.ts';
import { float, protos, start } from './test-support.ts';

const binding = start();
const size = 64 * 1024;

/** y = 2x + 1 on 256 KB, and a scalar. */
function makeStep(): string {
  const graph = binding.newGraph();
  const x = binding.graphPlaceholder(graph, 'x', [size], DataType.float).outputs[0]!.edge;
  const op = (name: string, type: string, inputs: (number | number[])[]) =>
    binding.graphOp(graph, { op: type, name, inputs, attrs: [] }).outputs[0]!.edge;
  const one = binding.graphConstant(graph, 'one', [], DataType.float, Float32Array.of(1)).outputs[0]!.edge;
  const axis = binding.graphConstant(graph, 'axis', [1], DataType.int32, Int32Array.of(0)).outputs[0]!.edge;
  const y = op('y', 'AddV2', [op('twice', 'AddV2', [x, x]), one]);
  const spec = { name: 'leak_step', inputs: [x], outputs: [y, op('sum', 'Sum', [y, axis])] };
  binding.addFunction(binding.graphToFunction(graph, spec));
  binding.deleteGraph(graph);
  return spec.name;
}

async function runSteps(name: string, count: number): Promise<void> {
  let state = float([size], Array<number>(size).fill(0));
  for (let i = 0; i < count; i++) {
    const [next, sum] = await binding.executeOpAsync(name, [], [state], 2);
    await binding.tensorData(next!.id);
    binding.tensorDataSync(sum!.id);
    const text = binding.createTensor([1], DataType.string, ['x'.repeat(1000)]);
    const upper = binding.executeOp('StringUpper', protos({ encoding: attr.string('') }), [text], 1);
    await binding.executeOpAsync('MatMul', [], [state, state], 1).catch(() => {});
    const cancellation = binding.newCancellation();
    binding.deleteCancellation(cancellation);
    for (const id of [state, sum!.id, text, upper[0]!.id]) binding.deleteTensor(id);
    state = next!.id;
  }
  binding.deleteTensor(state);
}

/**
 * Bytes by which the process grew in the round that made it grow least. A leak shows in every round; a heap or an
 * arena that takes another piece from the system shows in some.
 */
async function leastGrowth(rounds: number, round: () => Promise<void> | void): Promise<number> {
  const growths: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const before = process.memoryUsage.rss();
    await round();
    growths.push(process.memoryUsage.rss() - before);
  }
  return Math.min(...growths);
}

test('1,000 asynchronous steps leave no handle and no memory behind', async () => {
  const step = makeStep();
  await runSteps(step, 200);
  const before = binding.stats();
  const growth = await leastGrowth(4, () => runSteps(step, 250));
  expect(binding.stats()).toEqual(before);
  // One leaked output of a step would be 64 MB a round.
  expect(growth).toBeLessThan(12 * 1024 * 1024);
});

test('graphs and functions made and dropped leave nothing behind', async () => {
  const build = () => {
    binding.removeFunction(makeStep());
  };
  binding.removeFunction('leak_step');
  for (let i = 0; i < 50; i++) build();
  const before = binding.stats();
  const growth = await leastGrowth(4, () => {
    for (let i = 0; i < 75; i++) build();
  });
  expect(binding.stats()).toEqual(before);
  expect(growth).toBeLessThan(6 * 1024 * 1024);
});
