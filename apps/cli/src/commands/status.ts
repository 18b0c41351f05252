/** `kiln status <run>`: asked of the coordinator when the run is live, read from its record otherwise. */
import { resolve } from 'node:path';
import { readRunStatus, type SeenStatus } from '@kiln/control';
import { table } from '../table.ts';
import { formatKimg } from '../quantities.ts';
import { examples, type AddCommand } from './command.ts';

export const addStatus: AddCommand = (program, context) => {
  program
    .command('status')
    .summary('show where a run is')
    .description(
      'Shows state, step, kimg and generation of a run, and of each worker rank, host, pid, phase and last heartbeat.',
    )
    .argument('<run>', 'folder of the run')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('kiln status runs/digits-dcgan-000', 'kiln status runs/digits-dcgan-000 --json | jq .state'),
    )
    .action(async (run: string, options: { json?: boolean }) => {
      const status = await readRunStatus(resolve(context.cwd, run));
      context.terminal.print(options.json ? JSON.stringify(status, null, 2) : statusText(status));
    });
};

function statusText(status: SeenStatus): string {
  const { state, live, recipe, step, kimg, generation, runId, workers, checkpoints, outcome } = status;
  const facts = [
    ['state', `${state}${live ? '' : ' (not running)'}`],
    ['recipe', recipe],
    ['step', String(step)],
    ['kimg', formatKimg(kimg)],
    ['generation', `${generation} of run ${runId}`],
    [
      'checkpoints',
      `${checkpoints.committed} saved, ${checkpoints.failed} failed${checkpoints.lastStep === null ? '' : `, last at step ${checkpoints.lastStep}`}`,
    ],
    ...(checkpoints.lastError === '' ? [] : [['last failure', checkpoints.lastError]]),
    ...(outcome ? [['outcome', outcome.message]] : []),
  ];
  const rows = workers.map(({ rank, host, pid, device, phase, state, step, lastHeartbeatAgeMs }) => [
    String(rank),
    host,
    String(pid),
    device,
    state === 'live' ? phase : state,
    String(step),
    lastHeartbeatAgeMs === null ? '-' : `${(lastHeartbeatAgeMs / 1000).toFixed(1)} s ago`,
  ]);
  const header = ['rank', 'host', 'pid', 'device', 'phase', 'step', 'last heartbeat'];
  return `${table(facts)}\n\n${table([header, ...rows])}`;
}
