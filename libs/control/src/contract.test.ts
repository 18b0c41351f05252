/** Holds what is written by hand against the proto file. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kiln } from './gen/control.js';
import { methods } from './methods.ts';
import {
  commandKinds,
  failureKinds,
  leaveReasons,
  logLevels,
  phases,
  runStates,
  workerStates,
} from './types.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const proto = readFileSync(path('../../../protos/kiln/control/v1/control.proto'), 'utf8');

describe('the method table', () => {
  it('has the methods of the proto file, with their streams', () => {
    const declared = [...proto.matchAll(/^ {2}rpc (\w+)\((stream )?\w+\) returns \((stream )?\w+\);/gm)].map(
      ([, name, request, response]) => ({
        path: `/kiln.control.v1.ControlService/${name}`,
        requestStream: request !== undefined,
        responseStream: response !== undefined,
      }),
    );
    const ours = Object.values(methods).map(({ path: of, requestStream, responseStream }) => ({
      path: of,
      requestStream,
      responseStream,
    }));
    expect(ours.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual(
      declared.toSorted((a, b) => a.path.localeCompare(b.path)),
    );
  });
});

describe('lists of names', () => {
  const { v1 } = kiln.control;
  it.each([
    ['PHASE', v1.Phase, phases],
    ['COMMAND_KIND', v1.CommandKind, commandKinds],
    ['LOG_LEVEL', v1.LogLevel, logLevels],
    ['FAILURE_KIND', v1.FailureKind, failureKinds],
    ['LEAVE_REASON', v1.LeaveReason, leaveReasons],
    ['RUN_STATE', v1.RunState, runStates],
    ['WORKER_STATE', v1.WorkerState, workerStates],
  ] as const)('%s are in the order of their numbers', (prefix, numbers, names) => {
    const declared = Object.entries(numbers).filter(([name]) => Number.isNaN(Number(name)));
    const expected = ['unspecified', ...names].map((name, index) => [
      `${prefix}_${name.replaceAll('-', '_').toUpperCase()}`,
      index,
    ]);
    expect(declared).toEqual(expected);
  });
});
