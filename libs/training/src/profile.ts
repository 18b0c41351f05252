/** The times of one step as spans: what the process waited for, the step's phases, its exchanges and its ops. */
import type { OpTime } from '@kiln/engine';
import { isExchange, phaseOf } from './step-phases.ts';

/** Times in microseconds since 1970, which all processes of a machine share. */
export interface StepSpan {
  /** `step`, the phases by name, `all-reduce`, `ops`. */
  readonly lane: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  readonly args?: Readonly<Record<string, string | number>>;
}

export interface StepProfile {
  readonly step: number;
  readonly spans: readonly StepSpan[];
  readonly ops: readonly OpTime[];
}

/** Ops that take no time and would only show when the executor came to them. */
const idle = /^(Const|NoOp|_Arg|_Retval|Placeholder|Identity)$/;

/** Pauses shorter than this share of the step are drawn as if the phase had gone on. */
const joinedShare = 0.01;

/** When ops of each phase ran, a lane for each phase: the executor may run several phases at once. */
function phaseSpans(ops: readonly OpTime[], stepDuration: number): StepSpan[] {
  const working = ops.filter(({ name, op }) => !isExchange(op) && !idle.test(op) && phaseOf(name) !== 'step');
  const spans: StepSpan[] = [];
  for (const [name, own] of Map.groupBy(working, (op) => phaseOf(op.name))) {
    let current: { start: number; end: number; busy: number; count: number } | undefined;
    const close = (): void => {
      if (current === undefined) return;
      const { start, end, busy, count } = current;
      spans.push({
        lane: name,
        name,
        start,
        duration: end - start,
        args: { ops: count, 'ms in ops': Math.round(busy) / 1000 },
      });
    };
    for (const { start, duration } of own.toSorted((x, y) => x.start - y.start)) {
      if (current === undefined || start > current.end + joinedShare * stepDuration) {
        close();
        current = { start, end: start, busy: 0, count: 0 };
      }
      current.end = Math.max(current.end, start + duration);
      current.busy += duration;
      current.count += 1;
    }
    close();
  }
  return spans;
}

const opSpan = ({ name, op, device, start, duration }: OpTime): StepSpan => ({
  lane: isExchange(op) ? 'all-reduce' : 'ops',
  name: isExchange(op) ? name : op.replace(/^_Mkl(Native)?/, ''),
  start,
  duration,
  args: { node: name, phase: phaseOf(name), device: device.replace(/^.*device:/, '') },
});

/** Moments of this process, in microseconds since 1970. */
export interface StepMoments {
  readonly asked: number;
  readonly fed: number;
  readonly ran: number;
  readonly read: number;
}

export const now = (): number => (performance.timeOrigin + performance.now()) * 1000;

export function profileOf(step: number, moments: StepMoments, ops: readonly OpTime[]): StepProfile {
  const { asked, fed, ran, read } = moments;
  const own = (name: string, start: number, end: number): StepSpan => ({
    lane: 'step',
    name,
    start,
    duration: end - start,
    args: { step },
  });
  return {
    step,
    ops,
    spans: [
      own('data wait', asked, fed),
      own('compiled step', fed, ran),
      own('read-back', ran, read),
      ...phaseSpans(ops, ran - fed),
      ...ops.filter(({ op }) => isExchange(op)).map(opSpan),
      ...ops.filter(({ op }) => !isExchange(op)).map(opSpan),
    ],
  };
}
