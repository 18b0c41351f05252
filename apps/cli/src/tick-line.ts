/** The line that a run shows for each tick. Pure. */
import type { Tick } from '@kiln/control';
import { formatBytes, formatKimg, formatSeconds } from './quantities.ts';

const losses = 'loss/';

/** `elapsedSeconds` is since the run was started here, for ticks that do not say it themselves. */
export function tickLine({ tick, kimg, values }: Tick, elapsedSeconds: number): string {
  const elapsed = values['elapsedSeconds'] ?? elapsedSeconds;
  const fields = [
    `tick ${String(tick).padEnd(5)}`,
    `kimg ${formatKimg(kimg).padEnd(8)}`,
    `time ${formatSeconds(elapsed).padEnd(8)}`,
    field('sec/kimg', values['secondsPerKimg'], (value) => value.toFixed(2).padEnd(7)),
    field('images/s', values['imagesPerSecond'], (value) => value.toFixed(0).padEnd(6)),
    ...Object.keys(values)
      .filter((name) => name.startsWith(losses))
      .map((name) =>
        field(`loss ${name.slice(losses.length)}`, values[name], (value) => value.toFixed(4).padEnd(8)),
      ),
    field('memory', values['memoryBytes'], (value) => formatBytes(value).padEnd(8)),
    field('data wait', visible(values['dataWaitMs']), (value) => `${value.toFixed(1)} ms`),
  ];
  return fields
    .filter((text) => text !== '')
    .join(' ')
    .trimEnd();
}

/** A wait is worth a place in the line when it is one: this many milliseconds of every step. */
const leastWaitMs = 1;

const visible = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined || milliseconds < leastWaitMs ? undefined : milliseconds;

const field = (label: string, value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? '' : `${label} ${format(value)}`;
