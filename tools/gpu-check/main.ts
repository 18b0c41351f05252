/**
 * `npm run gpu-check -- pack` makes parts for a machine with a GPU and no network; there, `sh join.sh` puts them together and runs
 * `npm run gpu-check -- run`, which writes a report. On a machine with a checkout `run` is enough.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runChecks } from './checks.ts';
import { pack } from './pack.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    device: { type: 'string', default: 'gpu' },
    out: { type: 'string' },
    'part-mb': { type: 'string', default: '60' },
    compute: { type: 'string' },
    steps: { type: 'string', default: '30' },
  },
});

const [verb] = positionals;
const usage =
  'usage: npm run gpu-check -- pack [--device cpu|gpu] [--out <folder>] [--part-mb <n>] [--compute <n>]\n' +
  '       npm run gpu-check -- run [--device cpu|gpu] [--out <report.json>] [--steps <n>]\n';

if (values.device !== 'cpu' && values.device !== 'gpu') {
  process.stderr.write(`[gpu-check] --device must be cpu or gpu, got ${values.device}\n${usage}`);
  process.exitCode = 2;
} else if (values.compute !== undefined && !/^\d+\.?\d$/.test(values.compute)) {
  process.stderr.write(
    `[gpu-check] --compute must be a compute capability such as 9.0, got ${values.compute}\n${usage}`,
  );
  process.exitCode = 2;
} else if (verb === 'pack') {
  const megabytes = Number(values['part-mb']);
  const folder = resolve(values.out ?? 'gpu-check-parts');
  // 9.0, as NVIDIA writes it, or 90, as its compiler does.
  const compute = values.compute === undefined ? undefined : Number(values.compute.replace('.', ''));
  const { parts, bytes } = await pack({
    folder,
    device: values.device,
    partBytes: megabytes * 1e6,
    ...(compute === undefined ? {} : { compute }),
  });
  process.stdout.write(`${parts} parts, ${(bytes / 1e6).toFixed(0)} MB, in ${folder}\n`);
} else if (verb === 'run') {
  const file = resolve(values.out ?? 'gpu-check.json');
  const failed = await runChecks({ device: values.device, steps: Number(values.steps), file });
  process.stdout.write(`report in ${file}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}
