import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeWorker, keptOutput, kiln, temporaryFolder } from '../test/harness.ts';
import { checkout } from './context.ts';
import { threadsPerWorker } from './launch/worker-child.ts';
import { programsOf } from './programs.ts';
import { askWorker } from './worker-process.ts';

async function contextWith(source: string) {
  const cwd = await temporaryFolder();
  const worker = join(cwd, 'worker.mjs');
  await writeFile(worker, source);
  return { cwd, programs: { ...programsOf(checkout), worker } };
}

test('an error that the worker answers keeps its exit code', async () => {
  const programs = { ...programsOf(checkout), worker: fakeWorker };
  const { code, err } = await kiln(['train', 'fkae', '--dry-run'], { programs });
  expect({ code, err }).toEqual({
    code: 2,
    err: '[usage] no recipe "fkae"; did you mean "fake"? (recipes: fake)\n',
  });
});

test('a worker that dies without an answer is reported with its last words', async () => {
  const changes = await contextWith(
    "process.stderr.write('loading\\nno library\\n'); process.kill(process.pid, 'SIGKILL');",
  );
  const { code, err } = await kiln(['recipes'], changes);
  expect({ code, err }).toEqual({
    code: 1,
    err: '[internal] the worker process ended with SIGKILL and no answer to recipes:\nloading\nno library\n',
  });
});

test('of what a worker that succeeds writes beside its answer, only tagged lines are shown', async () => {
  const source = `process.stderr.write('I0000 oneDNN is on\\n[checkpoint] a.safetensors: passed over\\n'); console.log('{"ok":true,"recipes":[]}');`;
  const { code, out, err } = await kiln(['recipes', '--json'], await contextWith(source));
  expect({ code, out, err }).toEqual({
    code: 0,
    out: '[]\n',
    err: '[checkpoint] a.safetensors: passed over\n',
  });
});

test('options longer than one argument may be go through standard input', async () => {
  const source = `
    const chunks = []; for await (const chunk of process.stdin) chunks.push(chunk);
    const given = process.argv.at(-1); const text = given === '-' ? Buffer.concat(chunks).toString() : given;
    console.log('chatter'); console.log(JSON.stringify({ ok: true, given, seeds: JSON.parse(text).seeds.length }));`;
  const { context } = keptOutput(await contextWith(source));
  const ask = (count: number) =>
    askWorker(context, {
      mode: 'sample',
      options: { seeds: Array.from({ length: count }, () => 1_000_000) },
    });
  expect(await ask(3)).toMatchObject({ seeds: 3, given: '{"seeds":[1000000,1000000,1000000]}' });
  expect(await ask(50_000)).toMatchObject({ seeds: 50_000, given: '-' });
});

test('the cores are shared among the workers, each has at least one', () => {
  expect([1, 2, 3, 8, 16].map((workers) => threadsPerWorker(workers, 8))).toEqual([8, 4, 2, 1, 1]);
});
