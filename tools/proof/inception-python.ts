/** Runs a Python program that has pytorch-fid, torch-fidelity and torchvision. */
import { join } from 'node:path';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { run } from './kiln.ts';

/** pytorch-fid calls scipy in a way that later versions do not know. */
const packages = [
  'torch==2.15.0',
  'torchvision==0.29.2',
  'pytorch-fid==0.3.0',
  'torch-fidelity==0.4.0',
  'scipy==1.17.1',
  'numpy',
];

/** `script` is a file of this folder; `folder` is its argument. */
export async function inceptionPython(script: string, folder: string): Promise<void> {
  const program = [join(import.meta.dirname, script), folder];
  const { code, output } = await run(await ensurePython(packages), program);
  if (code !== 0) throw new Error(output);
}
