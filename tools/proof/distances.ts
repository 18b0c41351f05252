/**
 * FID and KID as a whole: `kiln compare` of folders of PNG images beside pytorch-fid's own functions and torch-fidelity's, with the same
 * files of images and of drawn weights, and beside closed forms of the same features.
 */
import { join } from 'node:path';
import { atLeast, atMost, type Claim } from './claim.ts';
import { inceptionPython } from './inception-python.ts';
import { kiln, readJson, scratchFolder } from './kiln.ts';

/** What `distances_torch.py` writes of each pair of folders. */
interface Pair {
  readonly images: string;
  readonly data: string;
  readonly fid: number;
  readonly exactFid: number;
  readonly kid: number;
  readonly exactKid: number;
  readonly participation: number;
}

export async function* distances(): AsyncIterable<Claim> {
  const folder = scratchFolder();
  await inceptionPython('distances_torch.py', folder);
  const weights = ['--extractor', 'inception-v3', '--weights', join(folder, 'weights.pth')];
  for (const pair of await readJson<Pair[]>(join(folder, 'distances.json'))) {
    const sets = [join(folder, pair.images), join(folder, pair.data)];
    const { fid, kid } = JSON.parse(await kiln('compare', ...sets, ...weights, '--json')) as Pair;
    const claim = (what: string, value: number, expected: number): Claim =>
      atMost(
        `${pair.images} beside ${pair.data}: ${what}, ${value.toPrecision(8)} and ${expected.toPrecision(8)}`,
        Math.abs(value / expected - 1),
        1e-5,
      );
    yield claim("FID from pytorch-fid's", fid, pair.fid);
    yield claim('FID from its closed form', fid, pair.exactFid);
    yield claim("KID from torch-fidelity's", kid, pair.kid);
    yield claim('KID from its closed form', kid, pair.exactKid);
    // With drawn statistics as well it is little more than 1: all images lie on a line, and much goes unnoticed.
    yield atLeast('directions over which the features are spread', pair.participation, 10);
  }
}
