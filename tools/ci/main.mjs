/** `main.mjs <report.json> <exit code of the tests> <output of check> <its exit code>`: the last line of CI. */
import { existsSync, readFileSync } from 'node:fs';
import { checkTotals, testTotals } from './totals.mjs';

const [reportFile = '', testCode = '1', checkFile = '', checkCode = '1'] = process.argv.slice(2);

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** @returns {import('./totals.mjs').Report | undefined} */
function readReport() {
  try {
    return JSON.parse(read(reportFile));
  } catch {
    return undefined;
  }
}

const tests = testTotals(readReport(), Number(testCode));
const checks = checkTotals(read(checkFile), Number(checkCode));
const failed = tests.failed + checks.failed;
console.log(`${tests.passed + checks.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
