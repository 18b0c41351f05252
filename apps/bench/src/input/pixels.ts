/** The hash of the pixels of a folder's first images as Kiln draws them, unmirrored. Arguments: the folder, the side. */
import { createHash } from 'node:crypto';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';

const [path = '', side = ''] = process.argv.slice(2);
const batch = 64;
startEngine();
const dataset = await openDataset({ source: 'folder', path, resolution: Number(side), range: [0, batch] });
const batches = dataset.batches({ seed: 0, batch });
const { images, indices } = await batches.next();
const pixels = (await images.data()) as Float32Array;
const size = pixels.length / batch;
const hash = createHash('sha256');
for (let index = 0; index < batch; index++) {
  const at = indices.indexOf(index) * size;
  hash.update(new Uint8Array(pixels.buffer, pixels.byteOffset + at * 4, size * 4));
}
console.log(hash.digest('hex'));
process.exit(0);
