/** A run as status.json and GetStatus show it. Pure. */
import { hostname } from 'node:os';
import type { CheckpointStatus, RunOutcome, RunRef, RunState, RunStatus } from '@kiln/control';
import type { Member } from './member.ts';
import type { ResumePoint } from './run-history.ts';

export interface RunFacts {
  run: RunRef;
  recipe: string;
  runFolder: string;
  worldSize: number;
  resume: ResumePoint | undefined;
  startedAtMs: number;
  state: RunState;
  outcome: RunOutcome | undefined;
  checkpoints: CheckpointStatus;
  members: Member[];
}

export function viewRun(facts: RunFacts, nowMs: number): RunStatus {
  const { run, recipe, runFolder, worldSize, resume, startedAtMs, outcome, members } = facts;
  const furthest = members.map(({ progress }) => progress).toSorted((a, b) => b.step - a.step)[0];
  const reached = (key: 'step' | 'images' | 'kimg'): number =>
    Math.max(furthest?.[key] ?? 0, resume?.[key] ?? 0);
  return {
    ...run,
    state: outcome?.state ?? facts.state,
    recipe,
    runFolder,
    worldSize,
    step: reached('step'),
    images: reached('images'),
    kimg: reached('kimg'),
    startedAtMs,
    updatedAtMs: Date.now(),
    coordinatorHost: hostname(),
    coordinatorPid: process.pid,
    checkpoints: { ...facts.checkpoints },
    outcome: outcome ?? null,
    workers: members.map((member) => member.status(nowMs)),
  };
}
