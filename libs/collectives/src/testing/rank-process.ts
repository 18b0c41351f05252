/** A rank under test: runs the scenarios that its parent asks for, one group each. */
import { joinGroup, leaveGroup } from '../group.ts';
import { listen } from '../hosts/listen.ts';
import type { PeerAddress } from '../hosts/peer-address.ts';
import { hostOf } from './values.ts';
import type { Failed, Introduction, Reply, RunRequest, Scenario } from './protocol.ts';

const reply = (message: Reply): void => void process.send?.(message);

function describe(error: unknown): Failed {
  const { name, message, code, codeName } = error as Error & { code?: string | number; codeName?: string };
  return { name, message, code: codeName ?? code, at: Date.now() };
}

/** Tells the parent where this rank listens and waits for the others' addresses. */
async function meetPeers({ id, group, transport }: RunRequest): Promise<PeerAddress[]> {
  const introduced = new Promise<PeerAddress[]>((done) => {
    const listener = (message: Introduction | RunRequest): void => {
      if (message.id !== id || !('peers' in message)) return;
      process.off('message', listener);
      done(message.peers);
    };
    process.on('message', listener);
  });
  const rank = group?.rank ?? 0;
  const host = `host-${transport === 'both' ? hostOf(rank) : rank}`;
  reply({ id, listening: { host, hostId: host, ...listen({ encrypt: transport !== 'ZeroMQ, plain' }) } });
  return introduced;
}

async function run(request: RunRequest): Promise<void> {
  const { id, module, scenario, group, transport, args } = request;
  try {
    const scenarios = (await import(module)) as Record<string, Scenario<unknown>>;
    const body = scenarios[scenario];
    if (body === undefined) throw new Error(`no scenario '${scenario}' in ${module}`);
    const alone = transport === undefined || transport === 'shared memory';
    const others = alone ? {} : { peers: await meetPeers(request) };
    if (group !== null) await joinGroup({ ...group, ...others });
    reply({ id, started: true });
    reply({ id, value: await body(args, group as never) });
  } catch (error) {
    reply({ id, failed: describe(error) });
  } finally {
    await leaveGroup();
  }
}

process.on('message', (message: RunRequest | Introduction) => {
  if ('module' in message) void run(message);
});
process.on('disconnect', () => process.exit(0));
