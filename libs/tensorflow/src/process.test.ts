import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runProgram } from './test-support.ts';

const setUp = `const binding = support.start(); const queue = support.makeQueue('q');`;

// Half a minute of work if nothing stops it.
const longStep = `
  const graph = binding.newGraph();
  const x = binding.graphPlaceholder(graph, 'x', [1000, 1000], tf.DataType.float).outputs[0].edge;
  let y = x;
  for (let i = 0; i < 400; i++)
    y = binding.graphOp(graph, { op: 'MatMul', name: 'y' + i, inputs: [y, x], attrs: [] }).outputs[0].edge;
  binding.addFunction(binding.graphToFunction(graph, { name: 'long', inputs: [x], outputs: [y] }));
  const data = binding.createTensor([1000, 1000], tf.DataType.float, new Float32Array(1e6));
  binding.executeOpAsync('long', [], [data], 1);`;

describe.concurrent('a process', () => {
  test.each([
    [
      'process.exit while calls block',
      `${setUp} queue.take(); queue.take({ lane: 'input' }); setTimeout(() => process.exit(7), 50);`,
      7,
    ],
    ['process.exit during a step', `${setUp} ${longStep} setTimeout(() => process.exit(7), 200);`, 7],
    ['process.exit at once', `${setUp} ${longStep} binding.tensorData(data); process.exit(7);`, 7],
    ['the end of the program', `${setUp} queue.put(1);`, 0],
  ])('ends quietly by %s', async (_, program, code) => {
    expect(await runProgram(program)).toEqual({ code, signal: null, output: '' });
  });

  test('ends with an uncaught error as Node does, while a call blocks', async () => {
    const { code, output } = await runProgram(
      `${setUp} queue.take(); setTimeout(() => { throw new Error('boom') }, 20);`,
    );
    expect(code).toBe(1);
    expect(output).toContain('Error: boom');
  });

  test('stays alive for a pending promise alone', async () => {
    const program = `${setUp} queue.take().then(() => console.log('taken')); setTimeout(() => queue.put(1), 50);`;
    expect(await runProgram(program)).toEqual({ code: 0, signal: null, output: 'taken' });
  });

  test('refuses TensorFlow in a second thread', async () => {
    const { code, output } = await runProgram(`
      import { Worker } from 'node:worker_threads';
      support.start();
      const index = new URL('./index.ts', ${JSON.stringify(import.meta.url)}).href;
      const source = 'import(' + JSON.stringify(index) + ').then((tf) => tf.native()).catch((error) => console.log(error.message))';
      new Worker(source, { eval: true });`);
    expect(output).toContain('already loaded in this process; use TensorFlow in one thread only');
    expect(code).toBe(0);
  });

  test('says what is missing before there is a context', async () => {
    const program = `try { tf.native().executeOp('NoOp', [], [], 0) } catch (error) { console.log(error.message) }`;
    const { output } = await runProgram(program);
    expect(output).toBe(
      '[tensorflow] FAILED_PRECONDITION: TensorFlow has no context yet; call createContext first',
    );
  });

  test('refuses a context configuration that it cannot read', async () => {
    const program = `try { tf.native().createContext(Uint8Array.of(255)) } catch (error) { console.log(error.codeName) }`;
    expect((await runProgram(program)).output).toBe('INVALID_ARGUMENT');
  });

  test('prints what the README says', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
    const program =
      example.replace(/import .*\n/, 'const { attr, configProto, DataType, native } = tf; {\n') + '}';
    const [, said] = /console\.log.*\/\/ Float32Array (.*)/.exec(example) ?? [];
    expect(await runProgram(program)).toEqual({
      code: 0,
      signal: null,
      output: `Float32Array(4) ${said?.replace('[', '[ ').replace(']', ' ]')}`,
    });
  });
});
