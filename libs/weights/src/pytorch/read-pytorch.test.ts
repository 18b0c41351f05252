import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from '../byte-source.ts';
import { WeightError } from '../weight-error.ts';
import type { Weights } from '../weights.ts';
import { readPyTorch } from './read-pytorch.ts';

const fixtures = join(import.meta.dirname, '../../test/fixtures');

const read = async (name: string, key?: string): Promise<Weights> =>
  readPyTorch(bytesOf(await readFile(join(fixtures, name)), name), key);
const refusal = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await attempt.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WeightError);
  return (error as Error).message;
};

let expected: Record<string, { shape: number[]; values: number[] }>;
beforeAll(async () => {
  expected = JSON.parse(await readFile(join(fixtures, 'pytorch.json'), 'utf8')) as typeof expected;
});

describe.each(['state.pth', 'legacy.pth'])('%s of torch.save', (name) => {
  it('gives every type, stride and shared storage as float32 in row-major order', async () => {
    const weights = await read(name);
    expect([...weights.keys()]).toEqual(Object.keys(expected));
    for (const [tensor, { shape, values }] of Object.entries(expected))
      expect([tensor, weights.get(tensor)]).toEqual([tensor, { shape, values: Float32Array.from(values) }]);
  });

  it('cut anywhere is an error of one sentence', async () => {
    const bytes = await readFile(join(fixtures, name));
    for (let length = 0; length < bytes.length; length += 29) {
      const message = await refusal(readPyTorch(bytesOf(bytes.subarray(0, length), name)));
      expect(message).toMatch(/^\[weights\] \S+: [^\n]+$/);
    }
  });

  it('with any byte changed is refused, or read without any other failure', async () => {
    const bytes = await readFile(join(fixtures, name));
    const foreseen: boolean[] = [];
    for (let at = 0; at < bytes.length; at += 11) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      const outcome = await readPyTorch(bytesOf(changed, name)).catch((reason: unknown) => reason);
      foreseen.push(outcome instanceof Map || outcome instanceof WeightError);
    }
    expect(foreseen).not.toContain(false);
  });
});

it('with a number changed in a storage is refused by its checksum', async () => {
  const bytes = await readFile(join(fixtures, 'state.pth'));
  const at = bytes.indexOf(Buffer.from(Float32Array.of(0.5, 1.5).buffer));
  bytes[at]! ^= 1;
  expect(await refusal(readPyTorch(bytesOf(bytes, 'w.pth')))).toMatch(
    /the checksum of "state\/data\/\d+" is wrong/,
  );
});

describe('a checkpoint with several sets of tensors', () => {
  it('gives the one that is named', async () => {
    expect([...(await read('checkpoint.pth', 'G_ema')).get('w')!.values]).toEqual([2]);
  });

  it('asks for a name, and knows which there are', async () => {
    expect(await refusal(read('checkpoint.pth'))).toMatch(
      /several sets of tensors \("G", "G_ema"\); name one, as in checkpoint\.pth#G/,
    );
    expect(await refusal(read('checkpoint.pth', 'D'))).toMatch(/no set of tensors "D"; it has "G", "G_ema"/);
  });

  it('without a name gives the usual ones that it has, the first before the others', async () => {
    const usual = async (...names: string[]): Promise<number[]> => {
      const file = bytesOf(await readFile(join(fixtures, 'checkpoint.pth')), 'checkpoint.pth');
      return [...(await readPyTorch(file, undefined, names)).get('w')!.values];
    };
    expect(await usual('G_ema', 'G', 'X')).toEqual([2]);
    expect(await usual('G', 'G_ema')).toEqual([1]);
    expect(await refusal(usual('X', 'G'))).toMatch(/several sets of tensors/);
  });

  it('needs no name when there is one', async () => {
    expect([...(await read('alone.pt')).get('w')!.values]).toEqual([1]);
  });
});

describe('a pickle that would run something', () => {
  it.each(['attack.pth', 'attack-legacy.pth'])(
    '%s is refused by the name, and nothing runs',
    async (name) => {
      expect(await refusal(read(name))).toMatch(/names "posix\.system", which is refused and was not run/);
      expect(existsSync('kiln-was-here')).toBe(false);
    },
  );

  it('such as a whole module is refused with the way out', async () => {
    expect(await refusal(read('module.pth'))).toMatch(
      /names "torch\.nn\.\S+\.Linear".*save model\.state_dict\(\) alone/,
    );
  });
});

it('a tar archive is refused with the command that converts it', async () => {
  const tar = Buffer.alloc(1024);
  tar.write('ustar', 257);
  expect(await refusal(readPyTorch(bytesOf(tar, 'old.pth')))).toMatch(
    /is a tar archive.*torch\.save\(torch\.load/,
  );
});
