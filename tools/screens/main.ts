/** `npm run screens -- <run> [--out <folder>]`: a picture of each of TensorBoard's pages that shows a run's events. */
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launch, openPage } from './browser.ts';
import { dashboards, type Dashboard } from './dashboards.ts';
import { hidePaths } from './hide-paths.ts';
import { startTensorBoard } from './tensorboard.ts';

const root = dirname(dirname(import.meta.dirname));
const drawMs = 30_000;
const settleMs = 1500; // charts grow into place

/** Whether the page showed data in time. The picture is made either way, to see what it showed instead. */
async function picture(
  page: Page,
  { name, drawn }: Dashboard,
  { url, out, folders }: { url: string; out: string; folders: readonly string[] },
): Promise<boolean> {
  await page.goto('about:blank');
  await page.goto(`${url}#${name}`);
  const isDrawn = await page
    .waitForSelector(drawn, { state: 'attached', timeout: drawMs })
    .then(() => true)
    .catch(() => false);
  await page.waitForTimeout(settleMs);
  await hidePaths(page, folders);
  const file = join(out, `tensorboard-${name}.png`);
  await page.screenshot({ path: file });
  console.log(isDrawn ? file : `[screens] ${name} shows no data after ${drawMs / 1000} s, see ${file}`);
  return isDrawn;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: join(root, 'docs/images') } },
  });
  const [run] = positionals;
  if (run === undefined || positionals.length > 1) {
    console.error('[screens] expected one run folder, as in `npm run screens -- runs/digits-dcgan-000`');
    return 2;
  }
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const browser = await launch();
  try {
    const tensorboard = await startTensorBoard(root, resolve(run));
    try {
      const page = await openPage(browser);
      const place = { url: tensorboard.url, out, folders: [root, dirname(resolve(run))] };
      let numDrawn = 0;
      for (const dashboard of dashboards) numDrawn += (await picture(page, dashboard, place)) ? 1 : 0;
      return numDrawn === dashboards.length ? 0 : 1;
    } finally {
      await tensorboard.stop();
    }
  } finally {
    await browser.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error && error.message.startsWith('[screens]') ? error.message : error);
  process.exitCode = 1;
}
