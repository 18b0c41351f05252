/** `npm run bench -- <name>`: side-by-side measurements with PyTorch and TensorFlow. */
import { benchAllReduce } from './allreduce.ts';
import { benchStep } from './step.ts';

const benchmarks: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  allreduce: benchAllReduce,
  step: benchStep,
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark === undefined) {
  process.stderr.write(
    `[bench] no benchmark "${name}" (benchmarks: ${Object.keys(benchmarks).join(', ')})\n`,
  );
  process.exitCode = 2;
} else {
  await benchmark(args);
}
