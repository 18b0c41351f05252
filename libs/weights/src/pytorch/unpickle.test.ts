import { describe, expect, it } from 'vitest';
import { unpickle, type Global } from './unpickle.ts';

const pair: Global = { name: 'pair', build: ([a, b]) => ({ a, b }) };
const read = (text: string): unknown =>
  unpickle(Buffer.from(text, 'latin1'), 0, {
    file: 'f',
    globals: new Map([['toy.pair', pair]]),
    persistent: (id) => ['stored', id],
  }).value;

describe('a pickle', () => {
  // As Python's pickle.dumps writes these values, protocols 2 and 4.
  it.each([
    ['\x80\x02]q\x00(K\x01J\xfe\xff\xff\xffM\x00\x01e.', [1, -2, 256]],
    ['\x80\x02\x8a\x05\x00\x00\x00\x00\x80.', -(2 ** 39)],
    ['\x80\x02G?\xe0\x00\x00\x00\x00\x00\x00.', 0.5],
    [
      '\x80\x02}q\x00(X\x01\x00\x00\x00aq\x01N\x88\x89u.',
      new Map<unknown, unknown>([
        ['a', null],
        [true, false],
      ]),
    ],
    ['\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x01a\x94h\x00\x86\x94.', ['a', 'a']],
    ['\x80\x02ctoy\npair\nK\x01K\x02\x86R.', { a: 1, b: 2 }],
    ['\x80\x02ctoy\npair\nK\x01K\x02\x86\x81.', { a: 1, b: 2 }],
    ['\x80\x04\x8c\x03toy\x8c\x04pair\x93K\x01K\x02\x86R.', { a: 1, b: 2 }],
    ['\x80\x02K\x07Q.', ['stored', 7]],
  ])('%j is data', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    ['\x80\x02cos\nsystem\nU\x02ls\x85R.', /names "os\.system", which is refused and was not run/],
    ['(S\x00', /unknown instruction 0x53/],
    ['\x80\x02(ios\nsystem\n.', /builds an object \(INST\)/],
    ['\x80\x02K\x01K\x02R.', /what is called is no constructor/],
    ['\x80\x02K\x01', /it ends at byte 4/],
    ['\x80\x02h\x05.', /nothing is remembered as 5/],
    ['\x80\x02K\x01K\x02a.', /items are added to what is no list/],
    ['.', /nothing is on the stack/],
    ['\x80\x02X\xff\xff\xff\x7f.', /it ends/],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
