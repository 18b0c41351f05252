import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it("the README's example runs as it says", () => {
  const root = join(import.meta.dirname, '../../..');
  const code =
    /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'libs/datasets/README.md'), 'utf8'))?.[1] ?? '';
  const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
  const args = [
    '--no-warnings',
    '--conditions=@kiln/source',
    '--input-type=module-typescript',
    '--eval',
    code,
  ];
  const printed = execFileSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(printed.trim().split('\n')).toEqual(expected);
});
