import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  const known = ['digits-dcgan', 'digits-cgan', 'digits-gan', 'smoke'];

  it('finds the name that was meant', () => {
    expect(nearest('digits-dcgna', known)).toBe('digits-dcgan');
    expect(nearest('Smoke', known)).toBe('smoke');
    expect(nearest('smok', known)).toBe('smoke');
  });

  it('offers nothing for a name unlike all of them', () => {
    expect(nearest('stylegan3', known)).toBeUndefined();
  });
});
