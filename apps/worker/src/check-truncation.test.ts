import type { Sampler } from '@kiln/recipes';
import { expect, it } from 'vitest';
import { checkTruncation } from './check-truncation.ts';

const normal = { latent: { size: 8, distribution: 'normal' } } as const;
const check =
  (sampler: Pick<Sampler, 'truncation' | 'latent'>, asked: { truncation?: number; cutoff?: number }) => () =>
    checkTruncation('x', asked, sampler);

it('passes what the recipe knows', () => {
  expect(check({ ...normal, truncation: 'style' }, { truncation: 0.7, cutoff: 4 })).not.toThrow();
  expect(check({ ...normal, truncation: 'latent' }, { truncation: 0.5 })).not.toThrow();
  expect(check(normal, {})).not.toThrow();
});

it('says what it does not know, or what would change nothing', () => {
  expect(check(normal, { truncation: 0.7 })).toThrow('recipe x knows no truncation; leave --truncation out');
  const uniform = { latent: { size: 8, distribution: 'uniform' } } as const;
  expect(check(uniform, { truncation: 1 })).toThrow('leave --truncation out: its z is not normal');
  const latent = { ...normal, truncation: 'latent' } as const;
  expect(check(latent, { truncation: 1, cutoff: 4 })).toThrow('truncate in style space, and x does not');
  expect(check({ ...normal, truncation: 'style' }, { cutoff: 4 })).toThrow(
    '--truncation-cutoff 4 says how far --truncation reaches; name one, such as 0.7',
  );
});
