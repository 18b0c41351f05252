/** What features can be compared in, by name. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  checkInceptionWeights,
  digitsExtractor,
  inceptionExtractor,
  type FeatureExtractor,
} from '@kiln/metrics';
import type { DataSpec } from '@kiln/datasets';
import { nearest } from '../nearest.ts';
import { WorkerError } from '../worker-error.ts';

/** Which extractor, as a run's configuration keeps it. */
export interface ExtractorChoice {
  readonly name: ExtractorName;
  /** Absolute path of its weights file, where it has none of its own. */
  readonly weights?: string;
  /** SHA-256 of that file, first 16 digits, as every evaluation has it. */
  readonly hash?: string;
}

interface Row {
  readonly needsWeights: boolean;
  readonly open: (weights: string) => Promise<FeatureExtractor>;
  readonly check: (weights: string) => Promise<void>;
}

const extractors = {
  'digits-classifier': { needsWeights: false, open: () => digitsExtractor(), check: async () => {} },
  'inception-v3': { needsWeights: true, open: inceptionExtractor, check: checkInceptionWeights },
} as const satisfies Record<string, Row>;

export type ExtractorName = keyof typeof extractors;

export interface ExtractorOptions {
  readonly extractor?: string | undefined;
  readonly weights?: string | undefined;
}

/**
 * Throws `WorkerError` for a name that is none, and weights that are missing or too many. `flags` is how the command line's begin.
 */
export async function chooseExtractor(
  { extractor, weights }: ExtractorOptions,
  data: DataSpec | null,
  flags: '--' | '--evaluate-' = '--',
): Promise<ExtractorChoice> {
  const isDigits = data?.source === 'idx' && data.images.startsWith('digits-');
  const name = extractor ?? (isDigits ? 'digits-classifier' : undefined);
  const names = Object.keys(extractors);
  if (name === undefined)
    throw new WorkerError(
      'usage',
      `name the features to compare in with ${flags}extractor (${names.join(', ')}): the data is not the digits`,
    );
  if (!isExtractor(name)) {
    const close = nearest(name, names);
    throw new WorkerError(
      'usage',
      `no extractor "${name}"${close === undefined ? '' : `; did you mean "${close}"?`} (extractors: ${names.join(', ')})`,
    );
  }
  const { needsWeights } = extractors[name];
  if (needsWeights && weights === undefined)
    throw new WorkerError(
      'usage',
      `extractor ${name} needs ${flags}weights <file>: a .pth of torchvision or pytorch-fid, or an .h5 of Keras; Kiln has none of its own`,
    );
  if (!needsWeights && weights !== undefined)
    throw new WorkerError('usage', `extractor ${name} has weights of its own; leave ${flags}weights out`);
  return weights === undefined ? { name } : { name, weights, hash: await hashOf(weights, flags) };
}

async function hashOf(file: string, flags: string): Promise<string> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new WorkerError(
      'data',
      `${flags}weights ${file} cannot be read: ${error.message}; name an existing weights file`,
    );
  });
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

const isExtractor = (name: string): name is ExtractorName => Object.hasOwn(extractors, name);

export const openExtractor = ({ name, weights = '' }: ExtractorChoice): Promise<FeatureExtractor> =>
  extractors[name].open(weights);

/** Throws what `openExtractor` would for the weights file: for a run that opens it only when it first evaluates. */
export const checkExtractor = ({ name, weights = '' }: ExtractorChoice): Promise<void> =>
  extractors[name].check(weights);
