import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { ControlClient } from './client.ts';
import { ControlError } from './errors.ts';
import { serveControl } from './server.ts';
import type { ControlService } from './service.ts';
import { refusingService } from './testing/refusing-service.ts';
import type { Assignment } from './types.ts';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

const assignment: Assignment = {
  runId: 'r',
  generation: 1,
  rank: 0,
  worldSize: 1,
  configJson: '{}',
  groupName: 'g',
  resumeFrom: '',
  runFolder: '',
  heartbeatIntervalMs: 5,
  heartbeatTimeoutMs: 5_000,
  transport: 'shared-memory',
  peers: [],
};

/** Seats one worker; from its farewell on it refuses the worker's beats, as a coordinator does, and answers late. */
function slowToPart(beats: { refused: number }): ControlService {
  let left = false;
  return {
    ...refusingService(async () => {
      throw new ControlError('invalid', 'not part of this test');
    }),
    join: async () => assignment,
    heartbeat: () => ({
      onBeat: () => {
        if (!left) return;
        beats.refused += 1;
        throw new ControlError('stale-generation', 'rank 0 has left');
      },
      onEnd: () => undefined,
    }),
    leave: async () => {
      left = true;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    },
  };
}

it('sends no beat after its farewell, and does not take the end of the heartbeat for a loss', async () => {
  const beats = { refused: 0 };
  const server = await serveControl({
    listen: parseAddress('127.0.0.1:0'),
    token: 'secret',
    service: slowToPart(beats),
  });
  undo.push(() => server.close(0));
  const client = await ControlClient.connect(server.address, 'secret');
  undo.push(() => client.close());
  await client.join({ device: 'cpu' });
  const losses: ControlError[] = [];
  client.startHeartbeat(() => ({ phase: 'stopping', step: 1, images: 1, kimg: 0.001 }), {
    onCommand: () => undefined,
    onLost: (error) => losses.push(error),
  });
  await client.leave({ outcome: 'finished' });
  expect(losses).toEqual([]);
  expect(beats.refused).toBe(0);
});

/** What stands between a client and `target`: nothing passes it either way while it holds. */
async function relay(target: string): Promise<{ address: string; hold(isHeld: boolean): void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(Number(target.split(':')[1]), '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) sockets.push(socket.on('error', () => undefined));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  undo.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (isHeld) => {
      for (const socket of sockets)
        if (isHeld) socket.pause();
        else socket.resume();
    },
  };
}

it(
  'outlives a peer that answers nothing for as long as a large step takes to trace',
  { timeout: 60_000 },
  async () => {
    let beats = 0;
    const service: ControlService = {
      ...slowToPart({ refused: 0 }),
      heartbeat: () => ({ onBeat: () => void (beats += 1), onEnd: () => undefined }),
    };
    const server = await serveControl({ listen: parseAddress('127.0.0.1:0'), token: 'secret', service });
    undo.push(() => server.close(0));
    const between = await relay(server.address);
    const client = await ControlClient.connect(between.address, 'secret');
    undo.push(() => client.close());
    await client.join({ device: 'cpu' });
    const losses: ControlError[] = [];
    client.startHeartbeat(() => ({ phase: 'compiling', step: 0, images: 0, kimg: 0 }), {
      onCommand: () => undefined,
      onLost: (error) => losses.push(error),
    });
    between.hold(true);
    await sleep(12_000);
    const before = beats;
    between.hold(false);
    await expect.poll(() => beats, { timeout: 5_000 }).toBeGreaterThan(before);
    expect(losses).toEqual([]);
  },
);
