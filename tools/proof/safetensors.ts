/**
 * Proof: Python's own `safetensors` opens the shards of a Kiln checkpoint and reads the same names, types, shapes and bytes;
 * and what it writes, Kiln's reader accepts. Run: `node --conditions=@kiln/source tools/proof/safetensors.ts [checkpoint folder]`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  beginCheckpoint,
  bytesPerElement,
  commitCheckpoint,
  parseHeader,
  planShards,
  readCheckpoint,
  writeShard,
  type NamedTensor,
  type TensorDtype,
} from '@kiln/checkpoints';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { scratchFolder } from './kiln.ts';

const packages = ['numpy==2.4.1', 'safetensors==0.8.0'];

/** Prints one JSON object per line for each tensor of the files named, then writes the file named last from one of them. */
const script = `
import hashlib, json, sys
from safetensors import safe_open
from safetensors.numpy import save_file
*shards, copy = sys.argv[1:]
kept = {}
for shard in shards:
    with safe_open(shard, framework="numpy") as file:
        for name in file.keys():
            value = file.get_tensor(name)
            kept[name] = value
            print(json.dumps({"name": name, "dtype": str(value.dtype), "shape": list(value.shape),
                              "sha256": hashlib.sha256(value.tobytes()).hexdigest()}))
save_file(kept, copy)
`;

const numpyNames: Readonly<Partial<Record<TensorDtype, string>>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  I64: 'int64',
  I32: 'int32',
  U8: 'uint8',
  BOOL: 'bool',
};

interface Seen {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly sha256: string;
}

/** A state with every type that NumPy knows, an empty tensor, a scalar and names beyond ASCII. */
function sampleState(): NamedTensor[] {
  const shapes = [[3, 4, 5], [7], [], [0, 2]];
  return (Object.keys(numpyNames) as TensorDtype[]).flatMap((dtype) =>
    shapes.map((shape, index) => {
      const length = shape.reduce((product, size) => product * size, bytesPerElement[dtype]);
      const data = Uint8Array.from({ length }, (_, at) =>
        dtype === 'BOOL' ? at % 2 : (at * 37 + index) % 251,
      );
      return { name: `größe/${dtype}/${index}`, dtype, shape, data };
    }),
  );
}

async function makeCheckpoint(root: string, numShards: number): Promise<string> {
  const tensors = sampleState();
  const plan = planShards(
    tensors.map(({ name, data }) => ({ name, bytes: data.byteLength })),
    numShards,
  );
  const staging = await beginCheckpoint(root, 1);
  const shards = [];
  for (let shard = 0; shard < numShards; shard++) {
    shards.push(
      await writeShard(
        staging,
        shard,
        numShards,
        tensors.filter(({ name }) => plan.get(name) === shard),
      ),
    );
  }
  return (await commitCheckpoint({ root, step: 1, staging, shards, meta: {} })).path;
}

/** Returns the differences between what Python and Kiln read; none is the proof. */
async function compare(
  python: string,
  checkpoint: string,
  folder: string,
): Promise<{ count: number; differences: string[] }> {
  const { manifest, tensors } = await readCheckpoint(checkpoint);
  const copy = join(folder, 'python.safetensors');
  const files = manifest.shards.map(({ file }) => join(checkpoint, file));
  const { stdout } = await promisify(execFile)(python, ['-c', script, ...files, copy], {
    maxBuffer: 2 ** 28,
  });
  const seen = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Seen)
      .map((tensor) => [tensor.name, tensor]),
  );
  const differences: string[] = [];
  for (const { name, dtype, shape, data } of tensors.values()) {
    const expected = {
      name,
      dtype: numpyNames[dtype],
      shape,
      sha256: createHash('sha256').update(data).digest('hex'),
    };
    if (JSON.stringify(seen.get(name)) !== JSON.stringify(expected)) {
      differences.push(`${name}: Kiln ${JSON.stringify(expected)}, Python ${JSON.stringify(seen.get(name))}`);
    }
  }
  if (seen.size !== tensors.size) differences.push(`Python reads ${seen.size} tensors, Kiln ${tensors.size}`);
  const bytes = await readFile(copy);
  const headerEnd = 8 + Number(bytes.readBigUInt64LE());
  const ranges = parseHeader(bytes.subarray(8, headerEnd), bytes.length - headerEnd, copy);
  for (const { name, begin, end } of ranges) {
    const data = tensors.get(name)?.data ?? new Uint8Array(1);
    if (Buffer.compare(bytes.subarray(headerEnd + begin, headerEnd + end), data) !== 0)
      differences.push(`${name}: other bytes in Python's file`);
  }
  return { count: tensors.size, differences };
}

const folder = scratchFolder();
const python = await ensurePython(packages);
const [given] = process.argv.slice(2);
const checkpoints =
  given === undefined
    ? [await makeCheckpoint(join(folder, 'a'), 3), await makeCheckpoint(join(folder, 'b'), 40)]
    : [given];
for (const checkpoint of checkpoints) {
  const { count, differences } = await compare(python, checkpoint, folder);
  for (const difference of differences) console.log(difference);
  console.log(
    `safetensors: ${differences.length === 0 ? 'PASS' : 'FAIL'}: ${count} tensors, ${differences.length} differences between Kiln and Python`,
  );
  if (differences.length > 0) process.exitCode = 1;
}
