import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kiln, temporaryFolder } from '../../test/harness.ts';
import { checkout } from '../context.ts';
import { programsOf } from '../programs.ts';

/** A worker that answers with what it was asked, in the place of a report. */
async function withWorker(report: object, before = '') {
  const cwd = await temporaryFolder();
  const worker = join(cwd, 'worker.mjs');
  await writeFile(
    worker,
    `${before}; const report = { ...${JSON.stringify(report)}, asked: JSON.parse(process.argv.at(-1)) };
    console.log(JSON.stringify({ ok: true, report }));`,
  );
  return { cwd, programs: { ...programsOf(checkout), worker } };
}

const manifest = {
  examples: 1000,
  classNames: ['cat', 'dog'],
  encoding: 'png',
  duplicates: 2,
  skipped: [{ file: 'dog/1.png', reason: 'cannot be decoded' }],
  shards: [{ bytes: 4_000_000 }, { bytes: 2_000_000 }],
};

describe('kiln dataset', () => {
  it('pack asks the worker for what the flags say, and sums up what it made', async () => {
    const changes = await withWorker(
      { out: '/data/packed', manifest },
      `console.log('{"progress":{"done":1,"total":9}}')`,
    );
    const args = ['dataset', 'pack', 'photos', '--out', 'packed', '--size', '96x64', '--fit', 'pad'];
    const { code, out, err } = await kiln([...args, '--shard-mb', '10', '--on-bad-image', 'skip'], changes);
    expect({ code, out, err }).toEqual({
      code: 0,
      out:
        '/data/packed: 1000 images of 2 classes, 6.0 MB in 2 files, stored as PNG; 2 duplicates; 1 left out\n' +
        '  train on it   kiln train <recipe> --data /data/packed\n',
      err: 'left out dog/1.png: cannot be decoded\n',
    });
    const json = await kiln([...args, '--channels', '1', '--json'], changes);
    expect(JSON.parse(json.out)).toMatchObject({
      asked: {
        action: 'pack',
        data: 'photos',
        out: 'packed',
        spec: { resolution: [96, 64], fit: 'pad', channels: 1 },
        onBadImage: 'refuse',
        onDuplicate: 'keep',
      },
    });
  });

  it('info shows counts and classes, and what is unusable', async () => {
    const report = {
      source: 'folder',
      examples: 3,
      size: '8–9 x 8',
      channels: 3,
      classes: [
        { name: 'cat', examples: 1 },
        { name: 'dog', examples: 2 },
      ],
      unusable: [{ message: '[dataset] a.png: is empty' }],
      fingerprint: 'f'.repeat(64),
      packed: null,
    };
    const { out } = await kiln(['dataset', 'info', 'photos'], await withWorker(report));
    expect(out).toBe(
      [
        'source       folder',
        'images       3',
        'size         8–9 x 8, colour',
        'classes      2',
        'fingerprint  ffffffffffffffff',
        '  cat  1',
        '  dog  2',
        '1 unusable:',
        '  [dataset] a.png: is empty',
        '',
      ].join('\n'),
    );
  });

  it('verify ends with 3 where something is wrong, and shows at most twenty of it', async () => {
    const sound = await kiln(['dataset', 'verify', 'x'], await withWorker({ examples: 5, problems: [] }));
    expect(sound).toMatchObject({ code: 0, out: '5 images, all sound\n' });
    const problems = Array.from({ length: 25 }, (_, i) => ({ message: `file ${i}` }));
    const { code, out } = await kiln(
      ['dataset', 'verify', 'x'],
      await withWorker({ examples: 50, problems }),
    );
    expect(code).toBe(3);
    expect(out.split('\n')).toHaveLength(23);
    expect(out).toContain('and 5 more; --json has all');
  });

  it.each([
    [['pack', 'x'], "required option '--out <folder>' not specified"],
    [
      ['pack', 'x', '--out', 'y', '--size', '0'],
      'expected a side such as 64, or width x height such as 96x64',
    ],
    [['pack', 'x', '--out', 'y', '--fit', 'squash'], 'Allowed choices are crop, pad, stretch'],
    [['pack', 'x', '--out', 'y', '--on-bad-image', 'ignore'], 'Allowed choices are refuse, skip'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await kiln(['dataset', ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
