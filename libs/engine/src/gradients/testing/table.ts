/**
 * Measures every case on the engine and prints the tables of docs/gradients.md:
 * node --conditions=@kiln/source libs/engine/src/gradients/testing/table.ts
 */
import { startEngine } from '../../start-engine.ts';
import { allCases, groups } from './cases.ts';
import { check, type GradientCase } from './check.ts';
import { kinks } from './kinks.ts';
import { stockOps, stockTrial } from './stock-ops.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 1 });

const errors = new Map(allCases.map((example) => [example.name, check(example)]));

function row(op: string, caseName: string): string {
  const { first, second } = errors.get(caseName)!;
  const how = kinks.includes(caseName) ? 'differences, TensorFlow' : 'differences';
  return `| ${op} | ${first.toExponential(1)} | ${second.toExponential(1)} | ${how} |`;
}

function print(title: string, rows: string[]): void {
  console.log(
    `### ${title}\n\n| op | first gradient | second gradient | checked against |\n|---|---:|---:|---|`,
  );
  console.log(`${rows.join('\n')}\n`);
}

for (const outcome of Object.keys(stockTrial)) {
  const ops = stockOps.filter(({ stock }) => stock === outcome);
  print(
    `Stock tfjs: ${outcome} (${ops.length})`,
    ops.map(({ name, caseName }) => row(name, caseName)),
  );
}
const tried = new Set(stockOps.map(({ caseName }) => caseName));
for (const [group, cases] of Object.entries(groups) as [string, GradientCase[]][]) {
  const rest = cases.filter(({ name }) => !tried.has(name));
  print(
    `Further: ${group.toLowerCase()}`,
    rest.map(({ name }) => row(name, name)),
  );
}
const worst = Math.max(...[...errors.values()].flatMap(({ first, second }) => [first, second]));
console.log(`${errors.size} cases, the largest error is ${worst.toExponential(1)}`);
