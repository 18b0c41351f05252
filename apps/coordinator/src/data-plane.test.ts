/** What carries tensors, by where the workers are. */
import { describe, expect, it } from 'vitest';
import { checkReach, chooseTransport } from './data-plane.ts';
import { Member } from './member.ts';

const request = (hostId: string, endpoint = `tcp://${hostId}:1`, publicKey = 'k') => ({
  protocol: 1,
  incarnation: hostId + endpoint,
  host: hostId,
  pid: 7,
  device: 'cpu',
  runId: '',
  hostId,
  endpoint,
  publicKey,
});
const members = (...requests: ReturnType<typeof request>[]): Member[] =>
  requests.map((each, rank) => new Member(rank, each, 50, 0));

describe('the transport', () => {
  it('is shared memory on one host and ZeroMQ on several, unless it was chosen', () => {
    const together = members(request('a', ''), request('a', ''));
    const apart = members(request('a'), request('b'));
    expect(chooseTransport('auto', together)).toBe('shared-memory');
    expect(chooseTransport('auto', apart)).toBe('zeromq');
    expect(chooseTransport('zeromq', together)).toBe('zeromq');
    expect(chooseTransport('shared-memory', apart)).toBe('shared-memory');
  });
});

describe('a newcomer', () => {
  it('needs no address where all share memory', () => {
    expect(() => checkReach('auto', request('a', ''), members(request('a', '')))).not.toThrow();
    expect(() => checkReach('shared-memory', request('b', ''), members(request('a', '')))).not.toThrow();
  });

  it('needs one on another host, and so do those who sit there', () => {
    expect(() => checkReach('auto', request('b', ''), members(request('a')))).toThrow(
      'rank 0 (host a, pid 7) is on another host than the newcomer, but the worker on host b (pid 7) has no address for tensors; start it with --data-address',
    );
    expect(() => checkReach('auto', request('b'), members(request('a', '')))).toThrow(
      'but rank 0 (host a, pid 7) has no address for tensors',
    );
    expect(() => checkReach('zeromq', request('a', ''), [])).toThrow('--transport zeromq, but the worker');
  });

  it('encrypts if and only if the others do', () => {
    expect(() => checkReach('auto', request('b', 'tcp://b:1', ''), members(request('a')))).toThrow(
      'rank 0 (host a, pid 7) encrypts what it sends and the worker on host b (pid 7) does not',
    );
    expect(() => checkReach('auto', request('b'), members(request('a')))).not.toThrow();
  });
});
