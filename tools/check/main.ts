/** `npm run check`: one line for each step, and the output of those that fail. All steps run, whatever fails before. */
import { dirname } from 'node:path';
import { steps } from './steps.ts';

const root = dirname(dirname(import.meta.dirname));
let numFailed = 0;
for (const { name, run } of steps) {
  const begin = performance.now();
  const { ok, output } = await run(root);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`check: ${name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (ok) continue;
  numFailed += 1;
  console.log(output.trim().replace(/^/gm, '  '));
}
console.log(`check: ${steps.length - numFailed} passed, ${numFailed} failed`);
process.exitCode = numFailed > 0 ? 1 : 0;
