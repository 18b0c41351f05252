/**
 * Prints which cases stock tfjs gets wrong or cannot do, as markdown. Proof that the check sees the faults:
 * node --conditions=@kiln/source libs/engine/src/gradients/testing/stock.ts
 */
import * as tf from '@tensorflow/tfjs-core';
import { allCases } from './cases.ts';
import { check, LARGEST_ERROR } from './check.ts';

// Brings tfjs's own gradients and its JavaScript backend; a dependency of the kernel layer. Its types are not needed.
const stock: string = '@tensorflow/tfjs';
await import(stock);
await tf.setBackend('cpu');

const count = { right: 0, wrong: 0, throws: 0 };
console.log('| case | first gradient | second gradient |\n|---|---:|---:|');
for (const example of allCases) {
  try {
    const { first, second } = check(example);
    const right = first < LARGEST_ERROR && second < LARGEST_ERROR;
    count[right ? 'right' : 'wrong']++;
    if (!right) console.log(`| ${example.name} | ${first.toExponential(1)} | ${second.toExponential(1)} |`);
  } catch (error) {
    count.throws++;
    console.log(
      `| ${example.name} | throws | ${(error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 90)} |`,
    );
  }
}
console.log(`\n${count.right} right, ${count.wrong} wrong, ${count.throws} throw`);
