import { expect, it } from 'vitest';
import { checkClass } from './check-class.ts';

const sampler = (numClasses: number) => ({ numClasses }) as Parameters<typeof checkClass>[1];

it('names the classes that there are', () => {
  const check = (label: number) => () => checkClass('digits-cgan', sampler(10), label, '--class');
  expect(check(9)).not.toThrow();
  expect(check(10)).toThrow('--class must be 0 to 9, got 10');
});

it('says how to get classes where there are none', () => {
  const check = (recipe: string) => () => checkClass(recipe, sampler(0), 0, '--classes');
  expect(check('stylegan2-digits')).toThrow(
    'the run of stylegan2-digits knows no classes; leave --classes out, or train with --set conditional=true',
  );
  expect(check('progan-digits')).toThrow('or train a conditional recipe such as digits-cgan');
});
