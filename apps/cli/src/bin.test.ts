import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, kiln, type Result } from '../test/harness.ts';
import { checkout } from './context.ts';
import { checkNames } from './doctor-checks.ts';

const run = (program: string, args: readonly string[]): Promise<Result> =>
  new Promise((resolve) => {
    execFile(program, args, (error, out, err) =>
      resolve({ code: (error?.code as number | undefined) ?? 0, out, err }),
    );
  });

test('bin/kiln.mjs starts the command line and passes its exit code on', async () => {
  const bin = join(checkout, 'apps', 'cli', 'bin', 'kiln.mjs');
  expect(await run(process.execPath, [bin, '--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  expect(await run(process.execPath, [bin, 'nothing'])).toMatchObject({ code: 2, out: '' });
});

test('bin imports by name only what Node 20 has too, or it would say nothing of a newer one', async () => {
  const old = [
    'spawn',
    'existsSync',
    'readFileSync',
    'constants',
    'dirname',
    'join',
    'fileURLToPath',
    'createHash',
  ];
  for (const file of ['kiln.mjs', 'bundles.mjs']) {
    const text = await readFile(join(checkout, 'apps', 'cli', 'bin', file), 'utf8');
    const named = [...text.matchAll(/^import \{ (.*) \} from 'node:/gm)].flatMap(([, names]) =>
      names!.split(', '),
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !old.includes(name))).toEqual([]);
  }
});

test('in a checkout that is not set up it says what to run', async () => {
  const root = await temporaryFolder();
  const bin = join(root, 'apps', 'cli', 'bin', 'kiln.mjs');
  await cp(join(checkout, 'apps', 'cli', 'bin'), join(bin, '..'), { recursive: true });
  const { code, out, err } = await run(process.execPath, [bin, 'recipes']);
  expect({ code, out }).toEqual({ code: 7, out: '' });
  expect(err).toMatch(
    /^\[setup\] .*commander is missing: this checkout is not set up; run `npm run setup` in .*\n$/,
  );
});

test('doctor reports each check, and exits with 7 where something is missing', async () => {
  const root = await temporaryFolder();
  const { code, out } = await kiln(['doctor', '--json'], { root, cwd: root, env: { PATH: root } });
  const findings = JSON.parse(out) as { check: string; state: string; advice: string }[];
  expect(code).toBe(7);
  expect(findings.map(({ check }) => check)).toEqual(checkNames);
  const missing = findings.filter(({ state }) => state === 'missing');
  expect(missing.map(({ check }) => check)).toEqual(['compiler', 'python', 'tensorflow', 'addon']);
  expect(missing.every(({ advice }) => advice !== '')).toBe(true);
  const text = await kiln(['doctor'], { root, cwd: root, env: { PATH: root } });
  expect(text.out).toMatch(/^missing {2}addon {10}no .*kiln\.node; run `npm run setup`$/m);
});

test('tensorboard of the machine is started on the run, with room for many images', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'runs', 'r'), { recursive: true });
  const program = join(folder, 'tensorboard');
  await writeFile(program, `#!/bin/sh\necho "$@" > ${join(folder, 'seen')}\nexit 3\n`);
  await chmod(program, 0o755);
  const { code, err } = await kiln(['tensorboard', 'runs/r', '--port', '0'], {
    cwd: folder,
    env: { PATH: folder },
  });
  expect(code).toBe(3);
  expect(err).toContain(
    `--logdir ${join(folder, 'runs', 'r')} --port 0 --host localhost --samples_per_plugin images=200`,
  );
});

test('without tensorboard and without python3 it says what to install', async () => {
  const folder = await temporaryFolder();
  const { code, err } = await kiln(['tensorboard', '.'], {
    cwd: folder,
    root: folder,
    env: { PATH: folder },
  });
  expect(code).toBe(7);
  expect(err).toContain(
    '[setup] python3 is missing, which installs TensorBoard; install it, or put a tensorboard in PATH',
  );
});
