/** What a run folder holds from before: its identity, how often it was started, whether there is anything to lose. */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listCheckpoints, newestValid } from '@kiln/checkpoints';
import { ControlError, statusFilePath, type RunRef, type RunStatus } from '@kiln/control';

export interface ResumePoint {
  step: number;
  path: string;
  images: number;
  kimg: number;
}

export interface RunHistory {
  run: RunRef;
  /** Where to go on from; undefined for a new run. */
  resume: ResumePoint | undefined;
}

export const checkpointsFolder = (runFolder: string): string => join(runFolder, 'checkpoints');
export const metricsFile = (runFolder: string): string => join(runFolder, 'metrics.jsonl');

/** Each start is a generation of its own, so that nothing of an earlier one is mistaken for its own. */
export async function nextGeneration(
  runFolder: string,
  resume: boolean,
  onBad: (path: string, problem: string) => void,
): Promise<RunHistory> {
  const earlier = await readFile(statusFilePath(runFolder), 'utf8').then(identity, () => undefined);
  const newest = resume ? await checkpointToResume(runFolder, onBad) : undefined;
  if (!resume) await refuseUsedFolder(runFolder);
  const saved = (key: string): number => {
    const value = newest?.manifest.meta[key];
    return typeof value === 'number' ? value : 0;
  };
  const generation = 1 + Math.max(earlier?.generation ?? 0, saved('generation'));
  return {
    run: { runId: earlier?.runId ?? randomBytes(6).toString('hex'), generation },
    resume: newest && { step: newest.step, path: newest.path, images: saved('images'), kimg: saved('kimg') },
  };
}

async function checkpointToResume(runFolder: string, onBad: (path: string, problem: string) => void) {
  const root = checkpointsFolder(runFolder);
  const newest = await newestValid(root, ({ path, problems }) =>
    onBad(path, problems.map(({ message }) => message).join('; ')),
  );
  if (newest) return newest;
  const entries = await listCheckpoints(root);
  const why = entries.length === 0 ? 'it holds none' : `none of its ${entries.length} is sound`;
  throw new ControlError(
    'no-checkpoint',
    `"${runFolder}" cannot be resumed from a checkpoint: ${why}; see kiln checkpoint list, or train again with another --run`,
  );
}

/** A folder whose run never got to a first tick or checkpoint may be used again. */
async function refuseUsedFolder(runFolder: string): Promise<void> {
  const ticks = await stat(metricsFile(runFolder)).then(
    ({ size }) => size > 0,
    () => false,
  );
  const entries = await listCheckpoints(checkpointsFolder(runFolder));
  if (!ticks && entries.length === 0) return;
  const last = entries.at(-1);
  const what = last ? `with a checkpoint of step ${last.step}` : 'with metrics';
  throw new ControlError(
    'run-exists',
    `"${runFolder}" holds a run already, ${what}; go on with kiln resume, or pass another --run`,
  );
}

function identity(text: string): RunRef | undefined {
  try {
    const { runId, generation } = JSON.parse(text) as Partial<RunStatus>;
    return typeof runId === 'string' && typeof generation === 'number' ? { runId, generation } : undefined;
  } catch {
    return undefined;
  }
}
