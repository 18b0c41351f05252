/** FID and KID between two sets of features. */
import { rank, sumDoubles, together } from '@kiln/collectives';
import { frechetDistance, kernelDistance, type FeatureSet } from '@kiln/metrics';

export interface Distances {
  readonly fid: number;
  readonly kid: number;
  readonly kidStandardDeviation: number;
}

/** Rank 0, which must have the reference, compares while the others wait; all get the same numbers. */
export async function distancesBetween(
  reference: Pick<FeatureSet, 'moments' | 'rows'> | null,
  images: FeatureSet,
  dims: number,
): Promise<Distances> {
  const compare = async (): Promise<number[]> => {
    if (rank() !== 0 || reference === null) return [0, 0, 0];
    const fid = await frechetDistance(reference.moments, images.moments);
    const { mean, standardDeviation } = await kernelDistance(reference.rows, images.rows, dims);
    return [fid, mean, standardDeviation];
  };
  const own = await together(compare, 'distances/done');
  const [fid, kid, kidStandardDeviation] = await sumDoubles(Float64Array.from(own), 'distances');
  return { fid: fid!, kid: kid!, kidStandardDeviation: kidStandardDeviation! };
}
