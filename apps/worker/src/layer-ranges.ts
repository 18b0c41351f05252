/** Which layers take the styles that are mixed in. Pure. */
import { WorkerError } from './worker-error.ts';

/** Both ends among them. */
export type Layers = readonly [first: number, last: number];

/** As Karras et al. (2019, figure 3) name layers: those of sides 4 and 8, of 16 and 32, and all further ones. */
const named = { coarse: [0, 3], middle: [4, 7], fine: [8, Number.MAX_SAFE_INTEGER] } as const;

export type LayerRange = keyof typeof named | Layers;

/**
 * The ranges asked for, or those names of which the network has layers. Throws `WorkerError` (usage) for layers that it
 * has not.
 */
export function layersOf(asked: readonly LayerRange[] | undefined, numLayers: number): Layers[] {
  const last = numLayers - 1;
  const within = ([from, to]: Layers): Layers => [from, Math.min(to, last)];
  if (asked === undefined)
    return Object.values(named)
      .filter(([from]) => from <= last)
      .map((range) => within(range));
  return asked.map((range) => {
    const isName = typeof range === 'string';
    const layers = isName ? within(named[range]) : range;
    if (layers[0] <= last && layers[1] <= last) return layers;
    throw new WorkerError(
      'usage',
      `--layers ${isName ? `${range} begins at layer ${layers[0]}` : layers.join('-')}: the network has layers 0 to ${last}`,
    );
  });
}
