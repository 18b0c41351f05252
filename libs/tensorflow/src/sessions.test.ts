import { describe, expect, test } from 'vitest';
import { configProto } from './config-proto.ts';
import { DataType } from './data-type.ts';
import type { SessionSpec } from './native.ts';
import { opTimes } from './op-times.ts';
import { failure, float, only, start, values } from './test-support.ts';

const binding = start();

/** y = x x, and z = -y, as a GraphDef. */
function square(): Uint8Array {
  const graph = binding.newGraph();
  const x = binding.graphPlaceholder(graph, 'x', [2, 2], DataType.float).outputs[0]!.edge;
  const y = binding.graphOp(graph, { op: 'MatMul', name: 'y', inputs: [x, x], attrs: [] }).outputs[0]!.edge;
  binding.graphOp(graph, { op: 'Neg', name: 'part/z', inputs: [y], attrs: [] });
  const def = binding.graphToGraphDef(graph);
  binding.deleteGraph(graph);
  return def;
}

const spec = (changes: Partial<SessionSpec> = {}): SessionSpec => ({
  graphDef: square(),
  config: configProto({ intraOpThreads: 1 }),
  inputs: ['x'],
  outputs: ['part/z:0'],
  targets: [],
  ...changes,
});

describe('a session', () => {
  test('runs a graph and tells when each op ran', async () => {
    const session = binding.newSession(spec({ outputs: ['y', 'part/z:0'], targets: ['y'] }));
    const x = float([2, 2], [1, 2, 3, 4]);
    const began = Date.now() * 1000;
    const { outputs, runMetadata } = await binding.runSession(session, [x], 1);
    expect(outputs.map(({ id }) => values(id))).toEqual([
      [7, 10, 15, 22],
      [-7, -10, -15, -22],
    ]);
    const times = opTimes(runMetadata);
    const y = times.find(({ name }) => name === 'y')!;
    const z = times.find(({ name }) => name === 'part/z')!;
    expect(y.op).toMatch(/MatMul$/);
    expect(z).toMatchObject({ op: 'Neg', device: expect.stringMatching(/CPU:0$/) });
    expect(y.start).toBeGreaterThanOrEqual(began);
    expect(z.start).toBeGreaterThanOrEqual(y.start + y.duration);
    expect(z.start + z.duration).toBeLessThan(Date.now() * 1000 + 1000);
    binding.deleteSession(session);
  });

  test('without tracing has no times', async () => {
    const session = binding.newSession(spec());
    const { outputs, runMetadata } = await binding.runSession(session, [float([2, 2], [1, 0, 0, 1])], 0);
    expect(values(only(outputs))).toEqual([-1, -0, -0, -1]);
    expect(opTimes(runMetadata)).toEqual([]);
    binding.deleteSession(session);
  });

  test('may be deleted while it runs', async () => {
    const session = binding.newSession(spec());
    const running = binding.runSession(session, [float([2, 2], [1, 0, 0, 1])], 1);
    binding.deleteSession(session);
    expect((await running).outputs).toHaveLength(1);
    expect((await failure(() => binding.deleteSession(session))).codeName).toBe('NOT_FOUND');
  });

  test.each([
    [{ inputs: ['no'] }, "the session's graph has no node no"],
    [{ outputs: ['y:1'] }, "the session's graph has no output y:1"],
    [{ outputs: ['y:x'] }, 'an output of the session must be node or node:number, got y:x'],
    [{ graphDef: Uint8Array.of(1, 2, 3) }, 'GraphDef'],
  ])('refuses %o', async (changes, message) => {
    expect((await failure(() => binding.newSession(spec(changes)))).detail).toContain(message);
  });

  test('refuses another number of inputs, and passes on what fails', async () => {
    const session = binding.newSession(spec());
    expect((await failure(() => binding.runSession(session, [], 1))).detail).toBe(
      'the session takes 1 inputs, got 0',
    );
    const wrong = float([3, 1], [1, 2, 3]);
    expect((await failure(() => binding.runSession(session, [wrong], 1))).codeName).toBe('INVALID_ARGUMENT');
    binding.deleteSession(session);
  });
});
