/**
 * Asks the worker program for what needs TensorFlow or the recipes: `worker MODE [--recipe NAME] [--run DIR] --options JSON`
 * prints one line, `{"ok":true,...}` or `{"ok":false,"error":{"code","message","exitCode"}}`; before it, where there is
 * something to tell, lines of `{"progress":...}`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { CliError, isExitName } from './cli-error.ts';
import type { Context } from './context.ts';
import { nodeArguments } from './programs.ts';

export interface WorkerQuestion {
  readonly mode:
    | 'compare'
    | 'convert'
    | 'evaluate'
    | 'interpolate'
    | 'mix'
    | 'resolve'
    | 'recipes'
    | 'sample'
    | 'inspect'
    | 'plan'
    | 'dataset';
  readonly recipe?: string;
  readonly run?: string;
  readonly options?: object;
  readonly onProgress?: (progress: unknown) => void;
}

/** Linux refuses a single argument above 128 KiB: longer options go through standard input, as `--options -`. */
const maxArgumentBytes = 100_000;

/** The worker's answer, or its error as a CliError with the worker's exit code. */
export async function askWorker<T>(context: Context, question: WorkerQuestion): Promise<T> {
  const options = JSON.stringify(question.options ?? {});
  const isLong = Buffer.byteLength(options) > maxArgumentBytes;
  const args = [...nodeArguments(context.programs.worker), question.mode];
  if (question.recipe !== undefined) args.push('--recipe', question.recipe);
  if (question.run !== undefined) args.push('--run', question.run);
  args.push('--options', isLong ? '-' : options);
  const child = spawn(process.execPath, args, {
    cwd: context.cwd,
    env: workerEnvironment(context.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A worker that dies without reading is reported by its exit.
  child.stdin.on('error', () => {});
  child.stdin.end(isLong ? options : '');
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const [line, words] = await Promise.all([lastLine(child.stdout, question.onProgress), text(child.stderr)]);
  const [code, signal] = await ended;
  const parsed = parseAnswer(line);
  if (parsed === undefined || parsed.progress !== undefined) {
    const end = signal === null ? `code ${code}` : signal;
    const last = words.trim().split('\n').slice(-5).join('\n');
    throw new CliError(
      'internal',
      `the worker process ended with ${end} and no answer to ${question.mode}${last === '' ? '' : `:\n${last}`}`,
    );
  }
  // Warnings such as a checkpoint passed over begin with a tag; the rest is TensorFlow's own chatter.
  for (const warning of words.split('\n').filter((word) => /^\[[a-z]/.test(word)))
    context.terminal.note(warning);
  if (parsed.ok === true) return parsed as T;
  throw new CliError(
    isExitName(parsed.error?.code) ? parsed.error.code : 'internal',
    String(parsed.error?.stack ?? parsed.error?.message ?? line),
  );
}

/** Lines of progress are told as they come; of the others the last one is the answer. */
async function lastLine(
  output: NodeJS.ReadableStream,
  onProgress: WorkerQuestion['onProgress'],
): Promise<string> {
  let last = '';
  for await (const line of createInterface({ input: output })) {
    if (line.trim() === '') continue;
    last = line.trim();
    const { progress } = parseAnswer(last) ?? {};
    if (progress !== undefined) onProgress?.(progress);
  }
  return last;
}

/** TensorFlow's start-up chatter says nothing that a user could act on. */
export const workerEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  TF_CPP_MIN_LOG_LEVEL: '2',
  ...env,
});

interface Answer {
  readonly progress?: unknown;
  readonly ok?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly stack?: unknown };
}

function parseAnswer(line: string): Answer | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
