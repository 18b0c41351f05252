/**
 * The largest sides do run: steps of progressive growing and of StyleGAN at 1024x1024, fading in and whole, and of
 * BigGAN-deep at 512x512, each G and D, narrow and with a batch of a few images, so that they fit a small machine.
 */
import { join } from 'node:path';
import { atMost, type Claim } from './claim.ts';
import { run } from './kiln.ts';
import type { LargeReport, LargeRequest } from './large-step.ts';

/** Of 2 images a step: one with half the side, one that fades the full side in, and then the whole. */
const growing = { startResolution: 512, holdKimg: 0.002, fadeKimg: 0.002, featureMax: 32 };

const cases: Readonly<Record<string, LargeRequest>> = {
  'progan-celebahq-1024, at most 32 features': {
    recipe: 'progan-celebahq-1024',
    settings: growing,
    resolution: 1024,
    batch: 2,
    steps: 4,
  },
  'stylegan-ffhq-1024, at most 32 features': {
    recipe: 'stylegan-ffhq-1024',
    settings: growing,
    resolution: 1024,
    batch: 2,
    steps: 4,
  },
  'biggan-deep-512, width 8': {
    recipe: 'biggan-deep-512',
    settings: { width: 8 },
    resolution: 512,
    batch: 2,
    steps: 2,
  },
};

const program = join(import.meta.dirname, 'large-step.ts');
const memoryBytes = 12e9;

async function steps(name: string, request: LargeRequest): Promise<Claim[]> {
  const { code, output } = await run(process.execPath, [
    '--conditions=@kiln/source',
    '--no-deprecation',
    program,
    JSON.stringify(request),
  ]);
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${output}`);
  const { parameters, steps: done, peakBytes } = JSON.parse(last) as LargeReport;
  const losses = done.flatMap(({ metrics }) =>
    Object.entries(metrics).filter(([metric]) => metric.startsWith('loss/')),
  );
  const lost = losses.filter(([, value]) => !Number.isFinite(value)).length;
  const { stage, seconds } = done.at(-1)!;
  const what = `${name} (${parameters} parameters), ${stage === '' ? '' : `${stage}, `}batch ${request.batch}`;
  return [
    atMost(`${what}: losses that are no numbers, of ${losses.length}`, lost, 0),
    atMost(`${what}: seconds of the last step`, seconds, 600),
    atMost(`${what}: memory at most, bytes`, peakBytes, memoryBytes),
  ];
}

export async function* large(): AsyncGenerator<Claim> {
  for (const [name, request] of Object.entries(cases)) yield* await steps(name, request);
}
