/** Asks several worker processes, which answer one question about features together, and shows how far they are. */
import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { askWorker, type WorkerQuestion } from './worker-process.ts';

/** What every measurement is to be read with. */
export interface Measured {
  readonly fid: number;
  readonly kid: number;
  readonly kidStandardDeviation: number;
  readonly numReal: number;
  readonly extractor: string;
  readonly weights: string;
  readonly resize: string;
}

interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

const names: Readonly<Record<string, string>> = { reference: 'real images' };

/** All of them give the same answer. */
export async function askTogether<T>(
  context: Context,
  { options, ...question }: WorkerQuestion,
  worldSize: number,
): Promise<T> {
  const group = `evaluate-${randomUUID().slice(0, 8)}`;
  const show = bar(context);
  const answers = Array.from({ length: worldSize }, (_, rank) =>
    askWorker<T>(context, {
      ...question,
      options: { ...options, ...(worldSize > 1 ? { share: { group, rank, worldSize } } : {}) },
      ...(rank === 0 ? { onProgress: (told) => show(told as Progress) } : {}),
    }),
  );
  try {
    // Any of them may fail first, and then all do.
    const [answer] = await Promise.all(answers);
    return answer!;
  } finally {
    context.terminal.endProgress();
  }
}

/** The time left is that of the images at hand. */
function bar({ terminal }: Context): (told: Progress) => void {
  let began = { label: '', done: 0, at: 0 };
  return ({ label, done, total }) => {
    const now = performance.now();
    if (label !== began.label) began = { label, done, at: now };
    const perMs = (done - began.done) / (now - began.at);
    terminal.progress({
      fraction: done / total,
      amount: `${done}/${total}`,
      phase: names[label] ?? label,
      secondsLeft: perMs > 0 ? (total - done) / perMs / 1000 : undefined,
    });
  };
}

/** FID and KID as rows of a table. */
export const distanceRows = ({ fid, kid, kidStandardDeviation }: Measured): string[][] => [
  ['FID', fid.toFixed(3)],
  ['KID', `${kid.toExponential(3)} ± ${kidStandardDeviation.toExponential(1)} over 100 subsets`],
];

export const featuresRow = ({ extractor, weights, resize }: Measured): string[] => [
  'features',
  `${extractor} (${weights}), images ${resize}`,
];
