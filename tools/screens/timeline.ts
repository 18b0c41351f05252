/** `node tools/screens/timeline.ts <run> <out.png>`: four of a run's sample grids side by side, from the first to the last. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';

const gap = 12;
/** Where the pictures in between lie, as shares of all grids: samples change most at the beginning. */
const shares = [0, 0.09, 0.34, 1];

const [run, out] = process.argv.slice(2);
if (run === undefined || out === undefined) {
  console.error('[timeline] expected a run folder and the picture to write');
  process.exit(2);
}
const samples = join(run, 'samples');
const files = readdirSync(samples)
  .filter((name) => /^fakes\d+\.png$/.test(name))
  .toSorted();
const grids = shares.map((share) =>
  decode(readFileSync(join(samples, files[Math.round(share * (files.length - 1))]!))),
);
const [{ width, height, channels }] = grids as [(typeof grids)[0]];
const totalWidth = grids.length * (width + gap) - gap;
const data = new Uint8Array(totalWidth * height * channels).fill(255);
for (const [index, grid] of grids.entries()) {
  for (let y = 0; y < height; y++) {
    const row = grid.data.subarray(y * width * channels, (y + 1) * width * channels);
    data.set(row, (y * totalWidth + index * (width + gap)) * channels);
  }
}
writeFileSync(out, encode({ width: totalWidth, height, channels, depth: 8, data }));
