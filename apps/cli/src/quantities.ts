/** Times, sizes and counts as a person reads them. Pure. */

/** Short runs count in hundredths of a thousand images. */
export const formatKimg = (kimg: number): string => kimg.toFixed(kimg < 10 ? 2 : 1);

/** `812 B`, `3.4 MB`: decimal units. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[power]}`;
}

/** `512 `, `1.3 k`, `27.4 G`, to be followed by a unit. */
export function formatCount(count: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
  const power = count < 1000 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${prefixes[power]}`;
}

/** `7s`, `2m 05s`, `3h 07m`, `2d 03h`: two units at most. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${whole}s`;
  if (hours === 0) return `${minutes}m ${two(whole % 60)}s`;
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

/** `0.125 ms`, `400 ms`, `22.0 s`: of one step. */
export function formatDuration(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toPrecision(3)} ms` : `${formatRate(seconds)} s`;
}

/** Three digits that count, without an exponent: `0.0356`, `16.4`, `8,290`. */
export function formatRate(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded < 1000 ? value.toPrecision(3) : rounded.toLocaleString('en');
}

const two = (value: number): string => String(value).padStart(2, '0');
