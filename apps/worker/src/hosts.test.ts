/** Real processes, three workers that say they are on two hosts: what they train is what one worker trains. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveConfig } from './resolve-config.ts';

const programOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const worker = programOf('./main.ts');
const coordinator = programOf('../../coordinator/src/main.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-hosts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(program: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--conditions=@kiln/source', program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 180_000,
    killSignal: 'SIGKILL',
  });
  return {
    child,
    words: text(child.stderr),
    code: once(child, 'exit').then(([code]) => code as number | null),
  };
}

/** Losses of every tick, when each of `hosts` has had one worker. */
async function train(name: string, hosts: readonly string[]): Promise<number[]> {
  const run = join(folder, name);
  const config = await resolveConfig('smoke', { workers: hosts.length, batch: 48, steps: 6, seed: 5 });
  const workers = String(hosts.length);
  const leader = start(
    coordinator,
    '--run',
    run,
    '--workers',
    workers,
    '--config',
    '-',
    '--listen',
    '127.0.0.1:0',
  );
  leader.child.stdin.end(JSON.stringify(config));
  const [line] = (await once(createInterface(leader.child.stdout), 'line')) as [string];
  const { address } = JSON.parse(line) as { address: string };
  const common = [
    'train',
    '--coordinator',
    address,
    '--token-file',
    join(run, 'control.json'),
    '--threads',
    '1',
  ];
  const started = hosts.map((host) =>
    start(worker, ...common, '--host-id', host, '--data-address', '127.0.0.1'),
  );
  const codes = await Promise.all([leader, ...started].map(({ code }) => code));
  const words = await Promise.all([leader, ...started].map((each) => each.words));
  expect({ codes, words }).toMatchObject({ codes: [0, ...hosts.map(() => 0)] });
  const rows = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
  return rows.flatMap((row) =>
    Object.entries(JSON.parse(row) as Record<string, number>).flatMap(([key, value]) =>
      key.startsWith('loss/') ? [value] : [],
    ),
  );
}

it(
  'trains to the same losses, with shared memory within a host and ZeroMQ between hosts',
  { timeout: 400_000 },
  async () => {
    const alone = await train('alone', ['a']);
    const apart = await train('apart', ['a', 'a', 'b']);
    expect(alone.length).toBeGreaterThan(1);
    expect(await readFile(join(folder, 'apart', 'log.jsonl'), 'utf8')).toContain(
      'joining 3 workers over zeromq',
    );
    expect(apart).toEqual(alone.map((loss): unknown => expect.closeTo(loss, 4)));
  },
);
