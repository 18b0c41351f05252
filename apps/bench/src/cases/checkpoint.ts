/** A checkpoint of 500 MB: written until it is on the disk, read with every hash checked, and what training notices of it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Case, Contestant } from '../case.ts';
import type { PeerName } from '../peers.ts';

const bytes = 125 * 1_000_000 * 4;
const repetitions = 3;

const units = {
  written: 'GB/s written and flushed',
  read: 'GB/s read from the page cache',
  waited: '% of the write that the step waits',
  slowed: 'ms lost by 8 steps during the write',
} as const;

type Measured = Readonly<Partial<Record<keyof typeof units, readonly number[]>>>;

const rates = (seconds: readonly number[]): number[] => seconds.map((value) => bytes / value / 1e9);

function toValues({ written = [], read = [], waited, slowed }: Measured): Record<string, readonly number[]> {
  return {
    [units.written]: rates(written),
    [units.read]: rates(read),
    ...(waited === undefined ? {} : { [units.waited]: waited.map((share) => share * 100) }),
    ...(slowed === undefined ? {} : { [units.slowed]: slowed.map((seconds) => seconds * 1000) }),
  };
}

const file = (name: string): string => join(import.meta.dirname, '../checkpoint', name);

export const checkpoint: Case = {
  about: 'a checkpoint of 125 float32 tensors of 1,000,000',
  sizes: ['500 MB'],
  peers: ['safetensors', 'torch'],
  units: {
    [units.written]: 'more',
    [units.read]: 'more',
    [units.waited]: 'less',
    [units.slowed]: 'less',
  },
  enter: async (programs, { quick }) => {
    const contestant = (name: string, side: Contestant['side'], command: readonly string[]): Contestant => ({
      name,
      side,
      measure: async () => {
        const [program, ...args] = [...command, String(quick ? 1 : repetitions)];
        const { stdout } = await promisify(execFile)(program!, args);
        return { values: toValues(JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured) };
      },
    });
    const peer = (name: string, side: PeerName, mode: string): Contestant[] => {
      const program = programs.get(side);
      return program === undefined ? [] : [contestant(name, side, [program, file('peers.py'), mode])];
    };
    const plain = programs.get('safetensors') ?? programs.get('torch');
    return [
      ...(plain === undefined
        ? []
        : [
            contestant('limit: write(2) and read(2), nothing hashed', 'aside', [
              plain,
              file('peers.py'),
              'plain',
            ]),
          ]),
      ...peer('safetensors', 'safetensors', 'safetensors'),
      ...peer('torch.save and torch.load', 'torch', 'torch'),
      contestant('Kiln', 'ours', [
        process.execPath,
        '--conditions=@kiln/source',
        '--expose-gc',
        file('kiln.ts'),
      ]),
    ];
  },
};
