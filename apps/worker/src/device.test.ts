import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

it('a GPU that is not there is a matter of set-up, and is named', async ({ skip }) => {
  skip(existsSync('/dev/nvidia0'), 'this machine has a GPU');
  const options = JSON.stringify({ device: 'gpu' });
  const args = ['--conditions=@kiln/source', main, 'inspect', '--recipe', 'smoke', '--options', options];
  const answer = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, (_, stdout) => resolve(stdout));
  });
  expect(JSON.parse(answer.trim())).toMatchObject({
    ok: false,
    error: {
      code: 'setup',
      exitCode: 7,
      message: expect.stringMatching(/device 'gpu' was asked for.*doctor/),
    },
  });
});
