/** Adds up what CI ran: the tests of vitest's JSON report and the steps of `npm run check`. */

/**
 * @typedef {{ numPassedTests: number, numFailedTests: number, success: boolean,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} Report what vitest's JSON reporter writes
 * @typedef {{ passed: number, failed: number }} Totals
 */

/**
 * A file that could not be loaded has no tests to count, so it counts as one that failed. So does a test run that left no
 * report or ended badly for a reason that no test shows.
 * @param {Report | undefined} report @param {number} exitCode of vitest @returns {Totals}
 */
export function testTotals(report, exitCode) {
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** Counts the steps by the last line of `npm run check`. @param {string} output @param {number} exitCode @returns {Totals} */
export function checkTotals(output, exitCode) {
  const line = /^check: (\d+) passed, (\d+) failed$/m.exec(output);
  if (!line) return { passed: 0, failed: 1 };
  const failed = Number(line[2]);
  return { passed: Number(line[1]), failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
