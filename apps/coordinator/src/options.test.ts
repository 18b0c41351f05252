import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const stdin = (text: string): NodeJS.ReadableStream => Readable.from([text]);
const read = (args: string, config = '{"recipe":"a"}') =>
  readOptions(`--run r --workers 2 --config - ${args}`.trim().split(' '), stdin(config));

describe('the command line', () => {
  it('is read whole', async () => {
    expect(
      await read(
        '--listen 127.0.0.1:0 --transport zeromq --resume --join-timeout 1.5 --heartbeat-timeout 2 --exit-with-parent',
      ),
    ).toEqual({
      exitWithParent: true,
      coordinator: {
        runFolder: 'r',
        worldSize: 2,
        config: { recipe: 'a' },
        listen: '127.0.0.1:0',
        transport: 'zeromq',
        resume: true,
        timings: { joinTimeoutMs: 1_500, heartbeatTimeoutMs: 2_000 },
      },
    });
    expect(await readOptions(['--help'], stdin(''))).toBeUndefined();
  });

  it.each([
    ['--workers 0', '--workers: expected a whole number from 1 to 4096, got "0"'],
    ['--workers 1.5', 'got "1.5"'],
    ['--join-timeout soon', '--join-timeout: expected seconds above 0, got "soon"'],
    ['--transport tcp', '--transport: expected auto, shared-memory, zeromq, got "tcp"'],
    ['--bogus', "unknown option '--bogus'"],
    ['stray', 'unexpected argument'],
  ])('refuses %s', async (args, message) => {
    await expect(read(args)).rejects.toThrow(message);
  });

  it('refuses a configuration that is none', async () => {
    await expect(read('', '[1]')).rejects.toThrow('--config: expected a JSON object in stdin, got [1]');
    await expect(read('', '{')).rejects.toThrow('--config: stdin is not JSON');
    await expect(readOptions(['--run', '/nowhere/at/all', '--workers', '1'], stdin(''))).rejects.toThrow(
      /--config: \/nowhere\/at\/all\/config\.json cannot be read/,
    );
    await expect(readOptions(['--workers', '1'], stdin(''))).rejects.toThrow(
      '[control/invalid] --run is missing; see --help',
    );
  });
});
