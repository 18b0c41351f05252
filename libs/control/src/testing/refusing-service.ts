/** For tests of what is around a service: refuses every call, and watches for ever. */
import type { ControlService } from '../service.ts';

export function refusingService(refuse: () => Promise<never>): ControlService {
  return {
    run: () => ({ runId: 'r', generation: 1 }),
    join: refuse,
    heartbeat: () => ({ onBeat: () => undefined, onEnd: () => undefined }),
    agreeStep: refuse,
    reportTick: refuse,
    reportLog: refuse,
    beginCheckpoint: refuse,
    reportShard: refuse,
    leave: refuse,
    getStatus: refuse,
    watch: () => () => undefined,
    save: refuse,
    stop: refuse,
  };
}
