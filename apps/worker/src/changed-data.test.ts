import { expect, test } from 'vitest';
import { changedData } from './changed-data.ts';

test.each([
  [{ step: 7, data: 'a'.repeat(64) }, 'a'.repeat(64)],
  [{ step: 7 }, 'a'.repeat(64)],
])('%j beside %s: nothing to tell', (meta, now) => {
  expect(changedData(meta, now)).toBeUndefined();
});

test('data that were replaced are told of, with the step that knew them', () => {
  expect(changedData({ step: 7, data: 'a'.repeat(64) }, 'b'.repeat(64))).toBe(
    '[data] the data are not those of step 7 any more (fingerprint aaaaaaaaaaaa, now bbbbbbbbbbbb): files were added, removed or replaced',
  );
});
