/** Kiln's own names: what a file has that `kiln convert` wrote without another convention. */
import type { Convention } from '../convention.ts';
import { same } from '../layout.ts';

export const kilnNames: Convention = { counterpart: (path, shape) => ({ name: path, layout: same(shape) }) };
