/** The input pipeline alone: files in the page cache to shuffled, mirrored batches of 64, as fast as two threads can. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Case, Contestant, Settings } from '../case.ts';
import { batchSize, type EpochRates, type InputSettings } from '../input/settings.ts';
import { ensureAddOns } from '../python.ts';

const units = { rate: 'images/s', cpu: 'CPU µs an image' } as const;

interface Kind {
  readonly folder: 'png' | 'jpg';
  readonly size: number | null;
  readonly epochs: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  '10,000 PNG 32x32': { folder: 'png', size: null, epochs: 4 },
  '2,000 JPEG 256x256 to 128': { folder: 'jpg', size: 128, epochs: 3 },
};

const file = (name: string): string => join(import.meta.dirname, '../input', name);
const images = join(import.meta.dirname, '../../../../.kiln/bench/images-1');
const node = [process.execPath, '--conditions=@kiln/source'];

const run = async (
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const [program, ...args] = command;
  const { stdout } = await promisify(execFile)(program!, args, { env: { ...process.env, ...env } });
  return stdout.trim().split('\n').at(-1) ?? '';
};

/** Made once; beside, and renamed when whole. */
async function ensureImages(): Promise<void> {
  if (existsSync(images)) return;
  const making = `${images}.${process.pid}`;
  process.stderr.write(`[bench] making the images in ${images} (once)\n`);
  await mkdir(making, { recursive: true });
  try {
    await run([...node, file('make-images.ts'), making]);
    await rename(making, images);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Speed is compared only where the pixels are the same, to the bit. */
async function checkPixels(python: string): Promise<void> {
  for (const [folder, side] of Object.entries({ png: 32, jpg: 128 })) {
    const args = [join(images, folder), String(side)];
    const ours = await run([...node, file('pixels.ts'), ...args]);
    const theirs = await run([python, file('pixels.py'), ...args]);
    if (ours !== theirs) throw new Error(`[bench] the pixels of ${folder} are not those of tf.image.resize`);
    process.stderr.write(`[bench] ${folder}: the pixels are those of TensorFlow in Python, to the bit\n`);
  }
}

function settingsOf({ size, epochs }: Kind, { threads, quick }: Settings): InputSettings {
  return { size, epochs: quick ? 1 : epochs, threads, batch: batchSize };
}

export const input: Case = {
  about: 'decode, (antialiased resize,) mirror, normalise, batches of 64 in shuffled order',
  sizes: Object.keys(kinds),
  peers: ['tensorflow', 'torch'],
  units: { [units.rate]: 'more', [units.cpu]: 'less' },
  enter: async (programs, settings) => {
    await ensureImages();
    const contestant = (
      name: string,
      side: Contestant['side'],
      command: readonly string[],
      { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
    ): Contestant => ({
      name,
      side,
      measure: async (size) => {
        const kind = kinds[size]!;
        const told = JSON.stringify(settingsOf(kind, settings));
        const answer = await run([...command, join(images, kind.folder), told, ...args], env);
        const { rates, cpuMicroseconds } = JSON.parse(answer) as EpochRates;
        return {
          values: {
            [units.rate]: rates,
            ...(cpuMicroseconds === undefined ? {} : { [units.cpu]: [cpuMicroseconds] }),
          },
        };
      },
    });
    const tensorflow = programs.get('tensorflow');
    if (tensorflow !== undefined) await checkPixels(tensorflow);
    const torch = programs.get('torch');
    const ofTensorFlow = (name: string, order: 'free' | 'ordered', intra: number): Contestant =>
      contestant(name, 'tensorflow', [tensorflow!, file('input_tensorflow.py')], {
        args: [order, String(intra)],
      });
    return [
      contestant('Kiln', 'ours', [...node, file('kiln.ts')]),
      ...(tensorflow === undefined
        ? []
        : [
            ofTensorFlow('tf.data', 'free', settings.threads),
            ofTensorFlow('tf.data, a thread an op', 'free', 1),
            ofTensorFlow('tf.data, a thread an op, ordered', 'ordered', 1),
          ]),
      ...(torch === undefined
        ? []
        : [
            contestant('torch DataLoader', 'torch', [torch, file('input_torch.py')], {
              env: { PYTHONPATH: await ensureAddOns(torch, ['torchvision==0.29.2', 'pillow==13.0.0']) },
            }),
          ]),
    ];
  },
};
