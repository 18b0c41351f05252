import { expect, it } from 'vitest';
import { roomForSamples } from './room-for-samples.ts';

it('holds all numbers of all images', () => {
  expect(roomForSamples(3, [4, 5, 1])).toHaveLength(60);
});

it('is refused where images and their file would not fit, by how many do', () => {
  expect(roomForSamples(1000, [100, 100, 3], 240e6)).toHaveLength(30e6);
  expect(() => roomForSamples(1001, [100, 100, 3], 240e6)).toThrow(
    '1001 images of 100x100x3 and the file of them take 0.240 GB of memory, of which 0.240 GB is free; ask for fewer at a time',
  );
});

it('is refused before more is drawn than the machine has memory for', () => {
  expect(() => roomForSamples(1e6, [1024, 1024, 3])).toThrow('ask for fewer at a time');
});
