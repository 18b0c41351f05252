import { describe, expect, it } from 'vitest';
import { formatAddress, isLoopback, needsTls, parseAddress } from './address.ts';

describe('parseAddress', () => {
  it.each([
    ['unix:/run/kiln.sock', 'unix:/run/kiln.sock'],
    ['127.0.0.1:80', '127.0.0.1:80'],
    ['127.9.9.9:0', '127.9.9.9:0'],
    ['localhost:7431', '127.0.0.1:7431'],
    ['[::1]:7431', '[::1]:7431'],
  ])('%s', (text, formatted) => {
    expect(formatAddress(parseAddress(text))).toBe(formatted);
  });

  it.each([
    '',
    '7431',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:70000',
    '127.0.0.1:x',
    '::1:80',
    'unix:relative',
    'http://127.0.0.1:80',
  ])('refuses the malformed "%s"', (text) => {
    expect(() => parseAddress(text)).toThrow(
      /^\[control\/bad-address\] --coordinator: use unix:\/absolute\/path or host:port, got /,
    );
  });

  it('refuses a socket path that the kernel would cut', () => {
    expect(() => parseAddress(`unix:/${'a'.repeat(100)}`)).toThrow(/at most 100 bytes, got 101/);
    expect(parseAddress(`unix:/${'a'.repeat(99)}`).kind).toBe('unix');
  });
});

describe('isLoopback', () => {
  it.each(['::1', '0:0:0:0:0:0:0:1', '0::1'])('%s', (host) => expect(isLoopback(host)).toBe(true));
  it.each(['::', '::2', '1::1', '::1:1', '::1.2.3.4'])('not %s', (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});

describe('needsTls', () => {
  it.each(['localhost.example.org:80', '1270.0.0.1:80', '10.0.0.1:80', '0.0.0.0:80', '[::]:80'])(
    '%s',
    (text) => expect(needsTls(parseAddress(text))).toBe(true),
  );
  it.each(['unix:/run/kiln.sock', 'localhost:80', '127.9.9.9:0', '[::1]:80'])('not %s', (text) =>
    expect(needsTls(parseAddress(text))).toBe(false),
  );
});
