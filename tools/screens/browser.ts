/** Headless Chromium, the one of the machine: nothing is downloaded. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const programs = ['chromium', 'chromium-browser', 'google-chrome'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** KILN_CHROMIUM, else the first that is found in PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['KILN_CHROMIUM'];
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new Error(`[screens] KILN_CHROMIUM names ${given}, which does not exist`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter);
  const found = programs
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    '[screens] no Chromium found; install with `sudo apt-get install chromium` (Debian, Ubuntu) or ' +
      '`sudo dnf install chromium` (Fedora), or name one in KILN_CHROMIUM',
  );
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: flags });
}

/** A page that reaches this machine and nothing else. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.route('**/*', (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    const isLocal = ['localhost', '127.0.0.1'].includes(hostname) || ['data:', 'blob:'].includes(protocol);
    return isLocal ? route.continue() : route.abort();
  });
  return page;
}
