import { expect, test } from 'vitest';
import { deviceOf } from './worker-child.ts';

test('workers take the GPUs of their machine in turn, and share its CPU', () => {
  expect([0, 1, 2].map((rank) => deviceOf('gpu', rank))).toEqual(['gpu:0', 'gpu:1', 'gpu:2']);
  expect([0, 1].map((rank) => deviceOf('cpu', rank))).toEqual(['cpu', 'cpu']);
});
