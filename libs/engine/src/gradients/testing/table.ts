/**
 * Measures every case on the engine and prints the tables of docs/gradients.md:
 * node --conditions=@kiln/source libs/engine/src/gradients/testing/table.ts
 */
import { startEngine } from '../../start-engine.ts';
import { groups } from './cases.ts';
import { check, type GradientCase } from './check.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 1 });
for (const [group, cases] of Object.entries(groups) as [string, GradientCase[]][]) {
  console.log(`### ${group}\n\n| case | first gradient | second gradient |\n|---|---:|---:|`);
  for (const example of cases) {
    const { first, second } = check(example);
    console.log(`| ${example.name} | ${first.toExponential(1)} | ${second.toExponential(1)} |`);
  }
  console.log('');
}
