/** `kiln doctor`: whether this machine and this checkout have what training needs. */
import { exitCodes } from '@kiln/control';
import { examine, type Finding } from '../doctor-checks.ts';
import type { Terminal } from '../terminal.ts';
import { examples, type AddCommand } from './command.ts';

export const addDoctor: AddCommand = (program, context, end) => {
  program
    .command('doctor')
    .summary('check this machine and checkout')
    .description(
      'Checks Node, compiler, Python, TensorFlow, the addon, shared memory, cores, memory and disk. Exits with 7 if something is missing.',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', examples('kiln doctor', 'kiln doctor --json'))
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(context);
      const { terminal } = context;
      terminal.print(
        options.json
          ? JSON.stringify(findings, null, 2)
          : findings.map((finding) => line(finding, terminal)).join('\n'),
      );
      if (findings.some(({ state }) => state === 'missing')) end(exitCodes.setup);
    });
};

const colours = { ok: 'green', warning: 'yellow', missing: 'red' } as const;

const line = ({ check, state, found, advice }: Finding, terminal: Terminal): string =>
  `${terminal.style(colours[state], state.padEnd(8))} ${check.padEnd(14)} ${found}${advice === '' ? '' : `; ${advice}`}`;
