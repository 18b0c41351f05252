import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { ControlError, fromStatus, toStatus } from './errors.ts';

const received = (code: status, details: string, metadata = new Metadata()): ServiceError =>
  Object.assign(new Error(details), { code, details, metadata });

describe('ControlError', () => {
  it('shows its code, and no stack for what the user can mend', () => {
    const error = new ControlError('port-in-use', 'take another');
    expect(error.message).toBe('[control/port-in-use] take another');
    expect(error.stack).not.toContain('at ');
    expect(new ControlError('internal', 'a bug').stack).toContain('at ');
  });

  it('is the same on the other side of a call', () => {
    const sent = new ControlError('stale-generation', 'generation 1 is over');
    const { code, details, metadata } = toStatus(sent);
    expect(code).toBe(status.FAILED_PRECONDITION);
    const error = fromStatus(received(code, details, metadata), 'unix:/x');
    expect({ code: error.code, message: error.message }).toEqual({
      code: 'stale-generation',
      message: sent.message,
    });
  });

  it('names the address when the transport failed', () => {
    expect(fromStatus(received(status.UNAVAILABLE, 'read ECONNRESET'), '127.0.0.1:7').message).toBe(
      '[control/unavailable] coordinator at 127.0.0.1:7: the connection is gone (read ECONNRESET)',
    );
    expect(fromStatus(received(status.DEADLINE_EXCEEDED, ''), 'unix:/x').code).toBe('deadline');
    expect(fromStatus(received(status.RESOURCE_EXHAUSTED, 'too big'), 'unix:/x').code).toBe('too-large');
  });

  it('keeps the cause of whatever was thrown', () => {
    const cause = new Error('disk on fire');
    expect(ControlError.from(cause)).toMatchObject({
      code: 'internal',
      message: '[control/internal] disk on fire',
      cause,
    });
  });
});
