/** The whole command line as one value; how it ends is an exit code of docs/exit-codes.md. */
import { ControlError, exitCodeOfError, exitCodes } from '@kiln/control';
import { CheckpointError } from '@kiln/checkpoints';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import type { AddCommand } from './commands/command.ts';
import { addCheckpoint } from './commands/checkpoint.ts';
import { addCompare } from './commands/compare.ts';
import { addConvert } from './commands/convert.ts';
import { addDataset } from './commands/dataset.ts';
import { addCoordinator } from './commands/coordinator.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addRecipes } from './commands/recipes.ts';
import { addInspect } from './commands/inspect.ts';
import { addPlan } from './commands/plan.ts';
import { addInterpolate } from './commands/interpolate.ts';
import { addMix } from './commands/mix.ts';
import { addResume } from './commands/resume.ts';
import { addSample } from './commands/sample.ts';
import { addStatus } from './commands/status.ts';
import { addTensorBoard } from './commands/tensorboard.ts';
import { addTrain } from './commands/train.ts';
import { addWorker } from './commands/worker.ts';
import type { Context } from './context.ts';

/** In the order of the help text. */
const commands: readonly AddCommand[] = [
  addTrain,
  addResume,
  addStatus,
  addSample,
  addInterpolate,
  addMix,
  addEvaluate,
  addCompare,
  addConvert,
  addRecipes,
  addInspect,
  addPlan,
  addTensorBoard,
  addDataset,
  addCheckpoint,
  addDoctor,
  addCoordinator,
  addWorker,
];

export function buildProgram(context: Context, end: (exitCode: number) => void): Command {
  const program = new Command('kiln')
    .description('Trains generative image models on many devices.')
    .version('0.1.0')
    .helpCommand(false)
    .showHelpAfterError(false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ kiln recipes\n  $ kiln train digits-dcgan\n  $ kiln train --help\n\nExit codes: docs/exit-codes.md',
    );
  program.exitOverride().configureOutput({
    writeOut: (text) => context.terminal.print(text.trimEnd()),
    writeErr: (text) => context.terminal.note(text.trimEnd()),
    // Printed by `runProgram`, in the form of all errors.
    outputError: () => {},
  });
  for (const add of commands) add(program, context, end);
  return program;
}

/** Runs one command line to its end. Errors are printed here, as one line each; only unforeseen ones with their stack. */
export async function runProgram(context: Context, args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = buildProgram(context, (code) => {
    exitCode = code;
  });
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    context.terminal.endProgress();
    const { text, code } = describeFailure(error);
    if (text !== '') context.terminal.note(context.terminal.styleNote('red', text));
    return code;
  }
}

function describeFailure(error: unknown): { text: string; code: number } {
  if (error instanceof CommanderError) {
    return error.exitCode === 0
      ? { text: '', code: exitCodes.ok }
      : { text: usageText(error), code: exitCodes.usage };
  }
  if (error instanceof CliError) {
    const tagged = /^\[[a-z/-]+\] /.test(error.message)
      ? error.message
      : `[${error.exitName}] ${error.message}`;
    return { text: tagged, code: error.exitCode };
  }
  if (error instanceof ControlError) return { text: error.message, code: exitCodeOfError(error.code) };
  if (error instanceof CheckpointError) return { text: error.message, code: exitCodes.checkpoint };
  return {
    text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    code: exitCodes.internal,
  };
}

/** Commander's sentence in the form of our errors, on one line. */
const usageText = ({ message }: CommanderError): string =>
  `[usage] ${message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/s, '; did you mean $1?')
    .replace(/\.$/, '')
    .replaceAll('\n', ' ')}`;
