/** `kiln dataset`: packs, describes and verifies sets of images. */
import { isAbsolute, resolve } from 'node:path';
import {
  type DatasetReport,
  type DataSpec,
  inspectDataset,
  packDataset,
  type PackOptions,
  type PackProgress,
  type PackReport,
  parseDataSpec,
  verifyDataset,
  type VerifyReport,
} from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { WorkerError } from './worker-error.ts';

export type DatasetOptions =
  | { readonly action: 'info' | 'verify'; readonly data: string }
  | ({ readonly action: 'pack'; readonly data: string; readonly spec: object } & PackFlags);

type PackFlags = Omit<PackOptions, 'signal' | 'onProgress'>;

/** What is told on the way; all of the latest matters, so that some may be left out. */
export type DatasetProgress = PackProgress | { readonly fraction: number };

type Tell = (progress: DatasetProgress) => void;

/** Progress is for eyes. */
const TELL_EVERY_MS = 100;

export async function dataset(
  options: DatasetOptions,
  tell: Tell,
): Promise<{ report: DatasetReport | VerifyReport | PackReport }> {
  const spec = await parseDataSpec(options.data);
  const tellSometimes = throttled(tell);
  switch (options.action) {
    case 'info':
      return { report: await inspectDataset(spec) };
    case 'verify':
      return { report: await verifyDataset(spec, (fraction) => tellSometimes({ fraction })) };
    case 'pack': {
      const { action: _, data: __, spec: flags, out, ...rest } = options;
      return { report: await pack(merged(spec, flags), { ...rest, out: resolve(out) }, tellSometimes) };
    }
  }
}

/** What is given as an option of its own stands above what `data` says; a labels file is where the user is. */
function merged(spec: DataSpec, flags: object): DataSpec {
  const { labels } = flags as { labels?: string };
  const absolute = labels === undefined || isAbsolute(labels) ? labels : resolve(labels);
  return { ...spec, ...flags, ...(absolute === undefined ? {} : { labels: absolute }) } as DataSpec;
}

async function pack(spec: DataSpec, options: PackFlags, onProgress: Tell): Promise<PackReport> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  // The one who asked has gone.
  process.stdout.on('error', () => stop.abort());
  startEngine();
  try {
    return await packDataset(spec, { ...options, signal: stop.signal, onProgress });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new WorkerError('interrupted', '[dataset] stopped as asked; nothing of the set was kept');
  }
}

function throttled(tell: Tell): Tell {
  let told = -Infinity;
  return (progress) => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    tell(progress);
  };
}
