/** A process that begins a large checkpoint and never comes to its end: `endless-save.ts <checkpoints folder>`. */
import { beginCheckpoint, writeShard } from '../src/index.ts';

const staging = await beginCheckpoint(process.argv[2]!, 2);
const data = new Uint8Array(64 * 2 ** 20);
const tensors = Array.from({ length: 16 }, (_, index) => ({
  name: `w${index}`,
  dtype: 'U8' as const,
  shape: [data.length],
  data,
}));
await writeShard(staging, 0, 1, tensors);
