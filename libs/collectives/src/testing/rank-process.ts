/** A rank under test: runs the scenarios that its parent asks for, one group each. */
import { joinGroup, leaveGroup } from '../group.ts';
import type { Failed, Reply, RunRequest, Scenario } from './protocol.ts';

const reply = (message: Reply): void => void process.send?.(message);

function describe(error: unknown): Failed {
  const { name, message, code, codeName } = error as Error & { code?: string | number; codeName?: string };
  return { name, message, code: codeName ?? code, at: Date.now() };
}

async function run({ id, module, scenario, group, args }: RunRequest): Promise<void> {
  try {
    const scenarios = (await import(module)) as Record<string, Scenario<unknown>>;
    const body = scenarios[scenario];
    if (body === undefined) throw new Error(`no scenario '${scenario}' in ${module}`);
    if (group !== null) await joinGroup(group);
    reply({ id, started: true });
    reply({ id, value: await body(args, group as never) });
  } catch (error) {
    reply({ id, failed: describe(error) });
  } finally {
    await leaveGroup();
  }
}

process.on('message', (request: RunRequest) => void run(request));
process.on('disconnect', () => process.exit(0));
