import { describe, expect, it } from 'vitest';
import { checkTotals, testTotals } from './totals.mjs';

const file = (status: string, numTests: number) => ({
  status,
  assertionResults: Array.from({ length: numTests }, () => ({})),
});

describe('testTotals', () => {
  it('counts tests', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, success: false, testResults: [file('failed', 9)] };
    expect(testTotals(report, 1)).toEqual({ passed: 7, failed: 2 });
  });

  it('counts a file that could not be loaded', () => {
    const testResults = [file('failed', 0), file('passed', 7)];
    expect(testTotals({ numPassedTests: 7, numFailedTests: 0, success: false, testResults }, 1)).toEqual({
      passed: 7,
      failed: 1,
    });
  });

  it('does not pass a run that ended badly or left no report', () => {
    const report = { numPassedTests: 7, numFailedTests: 0, success: true, testResults: [file('passed', 7)] };
    expect(testTotals(report, 137)).toEqual({ passed: 7, failed: 1 });
    expect(testTotals(report, 0)).toEqual({ passed: 7, failed: 0 });
    expect(testTotals(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('checkTotals', () => {
  it('reads the last line of check', () => {
    expect(checkTotals('check: lint: FAILED (1 s)\ncheck: 5 passed, 2 failed\n', 1)).toEqual({
      passed: 5,
      failed: 2,
    });
  });

  it('does not pass a check that broke off', () => {
    expect(checkTotals('Killed\n', 137)).toEqual({ passed: 0, failed: 1 });
    expect(checkTotals('check: 7 passed, 0 failed\n', 1)).toEqual({ passed: 7, failed: 1 });
  });
});
