/** Whether the data are still those that a checkpoint was trained on. */
import type { Meta } from '@kiln/checkpoints';

/** A warning where they are not. Undefined too where the checkpoint does not say: older ones, and those of converted weights. */
export function changedData(meta: Meta, fingerprint: string): string | undefined {
  const { data: saved, step } = meta;
  if (typeof saved !== 'string' || saved === fingerprint) return undefined;
  const short = (text: string): string => text.slice(0, 12);
  return `[data] the data are not those of step ${Number(step)} any more (fingerprint ${short(saved)}, now ${short(fingerprint)}): files were added, removed or replaced`;
}
