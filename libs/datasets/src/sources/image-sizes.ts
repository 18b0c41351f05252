/** Gathers what the headers of many images say together: one size or several, grey or colour. */
import type { ImageHeader } from '../files/image-header.ts';
import type { ImageSize } from './source.ts';

export class ImageSizes {
  /** Least and most. */
  width: readonly [number, number] = [Infinity, 0];
  height: readonly [number, number] = [Infinity, 0];
  channels: 1 | 3 = 1;
  count = 0;

  add({ width, height, channels }: ImageHeader): void {
    this.count += 1;
    this.width = [Math.min(this.width[0], width), Math.max(this.width[1], width)];
    this.height = [Math.min(this.height[0], height), Math.max(this.height[1], height)];
    if (channels === 3) this.channels = 3;
  }

  /** The size that all of them share, or null. */
  get common(): ImageSize | null {
    const [[narrowest, width], [lowest, height]] = [this.width, this.height];
    return narrowest === width && lowest === height ? { width, height } : null;
  }

  toString(): string {
    return `${span(this.width)} x ${span(this.height)}`;
  }
}

function span([low, high]: readonly [number, number]): string {
  return low === high ? String(low) : `${low}–${high}`;
}
