import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { controlFilePath, readControlFile, writeControlFile } from './control-file.ts';
import { ControlError } from './errors.ts';
import { placeToListen } from './listen.ts';
import { methods } from './methods.ts';
import { RunObserver } from './observer.ts';
import { RpcClient } from './rpc-client.ts';
import { serveControl } from './server.ts';
import type { ControlService } from './service.ts';
import { refusingService } from './testing/refusing-service.ts';

let folder: string;
const undo: (() => Promise<void> | void)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-server-'));
});
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
  await rm(folder, { recursive: true, force: true });
});

let calls = 0;
const refuse = async (): Promise<never> => {
  calls += 1;
  throw new ControlError('seat-taken', 'by nobody');
};
const service: ControlService = {
  ...refusingService(refuse),
  stop: async () => {
    throw new Error('a bug');
  },
};

async function serve(listen: string): Promise<string> {
  const server = await serveControl({ listen: parseAddress(listen), token: 'secret', service });
  undo.push(() => server.close(0));
  return server.address;
}

async function client(address: string, token: string): Promise<RpcClient> {
  const rpc = await RpcClient.connect(address, token, { timeoutMs: 5_000 });
  undo.push(() => rpc.close());
  return rpc;
}

describe('a server', () => {
  it.each(['', 'secre', 'secret2', 'Secret'])(
    'does not look at a call with the token "%s"',
    async (token) => {
      calls = 0;
      const rpc = await client(await serve('127.0.0.1:0'), token);
      await expect(rpc.unary(methods.getStatus, {}, 5_000)).rejects.toThrow(
        "[control/unauthenticated] the run's token is missing or wrong; pass the run's control.json as --token-file",
      );
      expect(calls).toBe(0);
    },
  );

  it('refuses streams without the token too', async () => {
    const { address } = { address: await serve('127.0.0.1:0') };
    const observer = await RunObserver.connect(address, 'wrong');
    undo.push(() => observer.close());
    await expect(observer.watch().next()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it("sends a handler's refusal, and an unforeseen error, with their codes", async () => {
    const rpc = await client(await serve('127.0.0.1:0'), 'secret');
    await expect(rpc.unary(methods.getStatus, {}, 5_000)).rejects.toMatchObject({
      code: 'seat-taken',
      message: '[control/seat-taken] by nobody',
    });
    await expect(rpc.unary(methods.stop, { reason: 'x' }, 5_000)).rejects.toMatchObject({ code: 'internal' });
  });

  it('refuses a message above the limit, on the way out and on the way in', async () => {
    calls = 0;
    const rpc = await client(await serve('127.0.0.1:0'), 'secret');
    const report = {
      seat: { runId: 'r', generation: 1, rank: 0 },
      step: 1,
      nonce: 'n',
      shard: null,
      expected: [],
      error: '',
    };
    const oversize = rpc.unary(
      methods.reportShard,
      { ...report, metaJson: 'x'.repeat(9 * 1024 * 1024) },
      5_000,
    );
    await expect(oversize).rejects.toMatchObject({ code: 'too-large' });
    expect(calls).toBe(0);
  });

  it('answers malformed fields as such', async () => {
    const rpc = await client(await serve('127.0.0.1:0'), 'secret');
    const seat = { runId: 'r', generation: 1, rank: 9_999 };
    const tick = { tick: 1, step: 1, kimg: 1, values: {} };
    await expect(rpc.unary(methods.reportTick, { seat, tick }, 5_000)).rejects.toThrow(
      '[control/invalid] ReportTickRequest.seat.rank: expected 0 to 4096, got 9999',
    );
  });

  it('outlives bytes that are no gRPC', async () => {
    const address = await serve('127.0.0.1:0');
    const port = Number(address.split(':')[1]);
    const noise = [
      'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
      '\u0000'.repeat(500),
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + 'x'.repeat(300),
    ];
    for (const text of noise) {
      const socket = connect({ host: '127.0.0.1', port }, () => socket.end(text));
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.resume().once('close', resolve));
    }
    await expect((await client(address, 'secret')).unary(methods.getStatus, {}, 5_000)).rejects.toMatchObject(
      { code: 'seat-taken' },
    );
  });

  it('that is gone is an error in time for caller and watcher', async () => {
    const server = await serveControl({ listen: parseAddress('127.0.0.1:0'), token: 'secret', service });
    const observer = await RunObserver.connect(server.address, 'secret');
    undo.push(() => observer.close());
    const watching = observer.watch().next();
    const lost = watching.catch((error: unknown) => error);
    await server.close(0);
    expect(await lost).toMatchObject({ code: 'unavailable' });
    await expect(RpcClient.connect(server.address, 'secret', { timeoutMs: 300 })).rejects.toThrow(
      /\[control\/unavailable\] no coordinator answers at .* \(waited 0\.3 s\)/,
    );
  });
});

describe('addresses', () => {
  it('in use are named, with the way out', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    undo.push(() => void holder.close());
    const { port } = holder.address() as { port: number };
    await expect(serve(`127.0.0.1:${port}`)).rejects.toThrow(
      `[control/port-in-use] --listen 127.0.0.1:${port} is in use by another process; pass another port`,
    );
    const path = join(folder, 'a.sock');
    await serve(`unix:${path}`);
    await expect(serve(`unix:${path}`)).rejects.toMatchObject({ code: 'port-in-use' });
  });

  it('that are a file of another kind are left alone', async () => {
    const path = join(folder, 'precious');
    await writeFile(path, 'text');
    await expect(serve(`unix:${path}`)).rejects.toMatchObject({ code: 'port-in-use' });
    expect((await stat(path)).isFile()).toBe(true);
  });

  it('of a run are a socket in its folder, or in a private one where the path is too long', async () => {
    const short = await placeToListen('unix', folder);
    expect(short.address).toEqual({ kind: 'unix', path: join(folder, 'control.sock') });
    const long = await placeToListen('unix', join(folder, 'x'.repeat(120)));
    undo.push(() => long.remove());
    const { path } = long.address as { path: string };
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    await serve(`unix:${path}`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await long.remove();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('control.json', () => {
  it('is for the user only, and read back', async () => {
    const content = { runId: 'r', generation: 2, address: 'unix:/a', token: 't', pid: 3 };
    await writeControlFile(folder, content);
    await writeControlFile(folder, content);
    expect(await readControlFile(controlFilePath(folder))).toEqual(content);
    expect((await stat(controlFilePath(folder))).mode & 0o777).toBe(0o600);
  });

  it('keeps the certificates of a run that has some', async () => {
    const tls = { authority: 'a', certificate: 'c', key: 'k' };
    const content = { runId: 'r', generation: 2, address: '10.0.0.1:1', token: 't', pid: 3, tls };
    await writeControlFile(folder, content);
    expect(await readControlFile(controlFilePath(folder))).toEqual(content);
  });

  it('that is missing or no such file is a clear error', async () => {
    await expect(readControlFile(controlFilePath(folder))).rejects.toThrow(
      /\[control\/no-run\] .*control\.json cannot be read/,
    );
    await writeFile(controlFilePath(folder), '{"address":1}');
    await expect(readControlFile(controlFilePath(folder))).rejects.toThrow(/is not a control file/);
  });
});
