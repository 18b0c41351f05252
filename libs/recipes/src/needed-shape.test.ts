import { expect, it } from 'vitest';
import { attentionSides } from './needed-shape.ts';

it('attention is at a side where G and D both have a block, or nowhere', () => {
  expect([attentionSides(64, 128), attentionSides(16, 32), attentionSides(0, 8)]).toEqual([[64], [16], []]);
  expect(() => attentionSides(48, 128)).toThrow(
    '--set attention=48: for images of 128x128 it can be 8, 16, 32, 64, 0 for nowhere',
  );
  // G alone has a block at the images' own side.
  expect(() => attentionSides(32, 32)).toThrow('it can be 8, 16, 0 for nowhere');
  expect(() => attentionSides(64, 8)).toThrow('it can be 0 for nowhere');
});
