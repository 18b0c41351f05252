/** The samples are digits: a classifier of real digits judges ours, beside a PyTorch run of the same networks and budget. */
import { join } from 'node:path';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { atLeast, atMost, type Claim } from './claim.ts';
import { dataFolder, kiln, readJson, root, run, scratchFolder } from './kiln.ts';

interface Judgement {
  readonly confident: number;
  readonly shares: readonly number[];
  readonly nearest: { readonly min: number; readonly median: number };
  readonly copies: number;
  readonly as_asked?: number;
}

interface RunConfig {
  readonly kimg: number;
  readonly batch: number;
  readonly settings: Readonly<Record<string, number | string>>;
}

export async function digits(): Promise<Claim[]> {
  const python = await ensurePython(['torch==2.15.0', 'numpy']);
  const folder = scratchFolder();
  const file = (name: string): string => join(folder, name);
  const here = join(root, 'tools', 'proof');
  for (const recipe of ['digits-dcgan', 'digits-cgan']) {
    await kiln('train', recipe, '--run', file(recipe));
    await kiln('sample', file(recipe), '--num', '1000', '--out', file(`${recipe}.npy`));
    const { kimg, batch, settings: s } = await readJson<RunConfig>(join(file(recipe), 'config.json'));
    const options = {
      kimg,
      batch,
      width: s['width'],
      latent: s['latent'],
      distribution: s['latentDistribution'],
      'rate-g': s['learningRateG'],
      'rate-d': s['learningRateD'],
      'half-life': s['learningRateHalfLifeKimg'],
      beta1: s['beta1'],
      'ema-kimg': s['emaKimg'],
    };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    if (recipe === 'digits-cgan') given.push('--conditional');
    const torch = await run(python, [
      join(here, 'digits_gan_torch.py'),
      dataFolder,
      file(`${recipe}-torch.npy`),
      ...given,
    ]);
    if (torch.code !== 0) throw new Error(torch.output);
    process.stdout.write(`PyTorch ${recipe}: ${torch.output}`);
  }
  const judged = await run(python, [
    join(here, 'digits_quality.py'),
    dataFolder,
    `dcgan=${file('digits-dcgan.npy')}`,
    `dcgan_torch=${file('digits-dcgan-torch.npy')}`,
    `cgan=${file('digits-cgan.npy')}:labels`,
    `cgan_torch=${file('digits-cgan-torch.npy')}:labels`,
  ]);
  if (judged.code !== 0) throw new Error(judged.output);
  process.stdout.write(judged.output);
  return claimsOf(JSON.parse(judged.output.trim().split('\n').at(-1)!) as Report);
}

interface Report {
  readonly held_out_accuracy: number;
  readonly held_out_nearest: { readonly min: number; readonly median: number };
  readonly dcgan: Judgement;
  readonly dcgan_torch: Judgement;
  readonly cgan: Judgement;
  readonly cgan_torch: Judgement;
}

function claimsOf({
  held_out_accuracy,
  held_out_nearest,
  dcgan,
  dcgan_torch,
  cgan,
  cgan_torch,
}: Report): Claim[] {
  return [
    atLeast('classifier on held-out digits', held_out_accuracy, 0.95),
    atLeast('digits-dcgan: samples of some class with confidence >= 0.9', dcgan.confident, 0.9),
    // Ours may be no worse than the same budget in PyTorch, up to the spread of 1,000 samples and of one seed.
    atLeast('digits-dcgan: the same, against PyTorch', dcgan.confident, dcgan_torch.confident - 0.03),
    atLeast('digits-dcgan: share of the rarest class', Math.min(...dcgan.shares), 0.04),
    atMost('digits-dcgan: share of the commonest class', Math.max(...dcgan.shares), 0.2),
    atMost('digits-dcgan: samples within 0.02 of a training digit', dcgan.copies, 0),
    atLeast(
      'digits-dcgan: median distance to a training digit, against held-out digits',
      dcgan.nearest.median,
      held_out_nearest.median / 2,
    ),
    atLeast('digits-cgan: samples classified as asked', cgan.as_asked ?? 0, 0.9),
    atLeast('digits-cgan: the same, against PyTorch', cgan.as_asked ?? 0, (cgan_torch.as_asked ?? 0) - 0.03),
    atMost('digits-cgan: samples within 0.02 of a training digit', cgan.copies, 0),
  ];
}
