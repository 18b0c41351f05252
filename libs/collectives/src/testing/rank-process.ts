/** A rank under test: runs the scenarios that its parent asks for, one group each. */
import { joinGroup, leaveGroup } from '../group.ts';
import { listen } from '../hosts/listen.ts';
import type { PeerAddress } from '../hosts/peer-address.ts';
import { hostOf } from './values.ts';
import type { Begin, Failed, Introduction, Reply, RunRequest, Scenario } from './protocol.ts';

const reply = (message: Reply): void => void process.send?.(message);

function describe(error: unknown): Failed {
  const { name, message, code, codeName } = error as Error & { code?: string | number; codeName?: string };
  return { name, message, code: codeName ?? code, at: Date.now() };
}

type Order = RunRequest | Introduction | Begin;

/** The parent's next word on a run that `wanted` takes. */
function hear<T extends Order>(id: number, wanted: (order: Order) => order is T): Promise<T> {
  return new Promise((done) => {
    const listener = (order: Order): void => {
      if (order.id !== id || !wanted(order)) return;
      process.off('message', listener);
      done(order);
    };
    process.on('message', listener);
  });
}

/** Tells the parent where this rank listens and waits for the others' addresses. */
async function meetPeers({ id, group, transport }: RunRequest): Promise<PeerAddress[]> {
  const introduced = hear(id, (order) => 'peers' in order);
  const rank = group?.rank ?? 0;
  const host = `host-${transport === 'both' ? hostOf(rank) : rank}`;
  reply({ id, listening: { host, hostId: host, ...listen({ encrypt: transport !== 'ZeroMQ, plain' }) } });
  return (await introduced).peers;
}

async function run(request: RunRequest): Promise<void> {
  const { id, module, scenario, group, transport, args } = request;
  try {
    const scenarios = (await import(module)) as Record<string, Scenario<unknown>>;
    const body = scenarios[scenario];
    if (body === undefined) throw new Error(`no scenario '${scenario}' in ${module}`);
    const alone = transport === undefined || transport === 'shared memory';
    const others = alone ? {} : { peers: await meetPeers(request) };
    if (group !== null) {
      await joinGroup({ ...group, ...others });
      const begun = hear(id, (order) => 'begin' in order);
      reply({ id, started: true });
      await begun;
    }
    reply({ id, value: await body(args, group as never) });
  } catch (error) {
    reply({ id, failed: describe(error) });
  } finally {
    await leaveGroup();
  }
}

process.on('message', (order: Order) => {
  if ('module' in order) void run(order);
});
process.on('disconnect', () => process.exit(0));
