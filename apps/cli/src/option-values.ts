/** Reads the values of options: each either gives a value within its range or an error that names what was expected. */
import { InvalidArgumentError } from 'commander';

/** A whole number from `least` on, written in decimal digits. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`expected a whole number ${range}`);
  };
}

/** `64`, or `96x64` as width and height. */
export function imageSize(text: string): number | [width: number, height: number] {
  const match = /^(\d{1,4})(?:x(\d{1,4}))?$/.exec(text);
  if (!match || Number(match[1]) < 1 || match[2] === '0')
    throw new InvalidArgumentError('expected a side such as 64, or width x height such as 96x64');
  return match[2] === undefined ? Number(match[1]) : [Number(match[1]), Number(match[2])];
}

export function positiveNumber(text: string): number {
  const value = /^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('expected a number above 0');
}

/** One number from 0 on, or several such as `0.2,0.5,1`. */
export function numbersFromZero(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => /^\d*\.?\d+$/.test(part))) return parts.map(Number);
  throw new InvalidArgumentError('expected a number from 0, or several such as 0.2,0.5,1');
}

/** Classes such as `3` or `0,4,7`; each may come again. */
export function classList(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => /^\d{1,9}$/.test(part))) return parts.map(Number);
  throw new InvalidArgumentError('expected classes such as 3 or 0,4,7');
}

/** Layers that take a style, the last among them: by number, or as Karras et al. (2019) call them. */
export type LayerRange = 'coarse' | 'middle' | 'fine' | readonly [first: number, last: number];

/** `coarse`, `middle`, `fine`, `0-3`, `7`, or several of them. */
export function layerRanges(text: string): LayerRange[] {
  return text.split(',').map((part): LayerRange => {
    const name = part.trim();
    if (name === 'coarse' || name === 'middle' || name === 'fine') return name;
    const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(name);
    const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (match && first <= last) return [first, last];
    throw new InvalidArgumentError(
      `expected coarse, middle, fine or layers such as 0-3, or several, got ${JSON.stringify(name)}`,
    );
  });
}

export function oneDevice(text: string): string {
  if (/^(cpu|gpu(:\d+)?)$/.test(text)) return text;
  throw new InvalidArgumentError('expected cpu, gpu or gpu:N');
}

/** For an option that may come several times. */
export const collect = (text: string, earlier: readonly string[] = []): string[] => [...earlier, text];

export function keyValue(text: string, earlier: readonly string[] = []): string[] {
  if (text.indexOf('=') < 1) throw new InvalidArgumentError('expected key=value');
  return collect(text, earlier);
}

/** `metric:min` or `metric:max`. */
export function bestMetric(text: string): { metric: string; order: 'min' | 'max' } {
  const [, metric, order] = /^(.+):(min|max)$/.exec(text) ?? [];
  if (metric === undefined)
    throw new InvalidArgumentError('expected a metric and its order, such as samples/diversity:max');
  return { metric, order: order as 'min' | 'max' };
}

export const maxSamples = 1_000_000;

/** `3`, `0-63` or a list of both such as `1,5,10-19`. */
export function seedRanges(text: string): number[] {
  const seeds: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || last < first || last > 0x7f_ff_ff_ff) {
      throw new InvalidArgumentError(`expected seeds such as 0-63 or 1,5,10-19, got ${JSON.stringify(part)}`);
    }
    if (seeds.length + last - first >= maxSamples)
      throw new InvalidArgumentError(`expected at most ${maxSamples} seeds`);
    for (let seed = first; seed <= last; seed++) seeds.push(seed);
  }
  return seeds;
}
