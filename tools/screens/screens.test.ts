import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './browser.ts';
import { addressIn } from './tensorboard.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-screens-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('findChromium', () => {
  it('takes the one named, then the first in PATH', () => {
    const program = join(folder, 'google-chrome');
    writeFileSync(program, '');
    expect(findChromium({ KILN_CHROMIUM: program, PATH: '' })).toBe(program);
    expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(program);
  });

  it('says how to install one', () => {
    expect(() => findChromium({ PATH: folder })).toThrow(
      /no Chromium found; install with `sudo apt-get install chromium`/,
    );
    expect(() => findChromium({ KILN_CHROMIUM: '/nowhere/chromium' })).toThrow(
      /names \/nowhere\/chromium, which/,
    );
  });
});

describe('addressIn', () => {
  it('reads the address off what TensorBoard prints', () => {
    const output =
      'NOTE: Using experimental …\nTensorBoard 2.21.0 at http://localhost:34567/ (Press CTRL+C to quit)\n';
    expect(addressIn(output)).toBe('http://localhost:34567/');
    expect(addressIn('Serving TensorBoard on localhost')).toBeUndefined();
  });
});
