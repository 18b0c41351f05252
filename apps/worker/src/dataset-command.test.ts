import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@kiln/summaries';
import { afterAll, describe, expect, it } from 'vitest';
import { dataset, type DatasetProgress } from './dataset-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'kiln-dataset-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const photos = join(folder, 'photos');
mkdirSync(photos);
for (let i = 0; i < 5; i++) {
  const data = new Uint8Array(6 * 4 * 3).fill(40 * i);
  writeFileSync(join(photos, `${i}.png`), encodePng({ width: 6, height: 4, channels: 3, data }));
}
const labels = join(folder, 'labels.csv');
writeFileSync(
  labels,
  `file,label\n${[0, 1, 2, 3, 4].map((i) => `${i}.png,${i % 2 ? 'odd' : 'even'}`).join('\n')}\n`,
);

describe('the dataset mode', () => {
  it('packs, describes and verifies', async () => {
    const out = join(folder, 'packed');
    const told: DatasetProgress[] = [];
    const spec = { resolution: 2, labels };
    const made = await dataset(
      { action: 'pack', data: photos, spec, out, onBadImage: 'refuse' },
      (progress) => told.push(progress),
    );
    expect(made.report).toMatchObject({ out, manifest: { examples: 5, classNames: ['even', 'odd'] } });
    expect(told[0]).toMatchObject({ done: 1, total: 5 });
    const info = await dataset({ action: 'info', data: out }, () => {});
    expect(info.report).toMatchObject({ source: 'packed', size: '2 x 2', packed: { encoding: 'png' } });
    const verified = await dataset({ action: 'verify', data: out }, () => {});
    expect(verified.report).toEqual({ path: out, examples: 5, problems: [] });
  });

  it('clears up and says so when it is interrupted', async () => {
    const out = join(folder, 'interrupted');
    const attempt = dataset({ action: 'pack', data: photos, spec: {}, out }, () =>
      process.kill(process.pid, 'SIGTERM'),
    );
    await expect(attempt).rejects.toMatchObject({ exitName: 'interrupted' });
    expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
  });
});
