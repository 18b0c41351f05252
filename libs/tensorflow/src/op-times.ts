/** When each op of a traced session run began and ended, from TensorFlow's `RunMetadata`. */
import { tensorflow } from './gen/tensorflow.js';

export interface OpTime {
  /** The node's name in the graph as TensorFlow's optimiser left it. */
  readonly name: string;
  readonly op: string;
  readonly device: string;
  /** Microseconds since 1970. */
  readonly start: number;
  /** Microseconds. Of an op that waits elsewhere, such as a collective: until its result was there. */
  readonly duration: number;
}

/** `KilnAllReduce` out of `D/KilnAllReduce = KilnAllReduce(...)`. */
function opOf(label: string, name: string): string {
  return /= *([A-Za-z0-9_]+)/.exec(label)?.[1] ?? /([A-Za-z0-9]+?)(_\d+)?$/.exec(name)?.[1] ?? name;
}

export function opTimes(runMetadata: Uint8Array): OpTime[] {
  const { stepStats } = tensorflow.RunMetadata.decode(runMetadata);
  return (stepStats?.devStats ?? []).flatMap(({ device, nodeStats }) =>
    (nodeStats ?? []).map((node) => {
      const name = node.nodeName ?? '';
      // 64-bit integers may come as objects.
      const [first, begin, end] = [node.allStartMicros, node.opStartRelNanos, node.opEndRelNanos].map(
        Number,
      ) as [number, number, number];
      return {
        name,
        op: opOf(node.timelineLabel ?? '', name),
        device: device ?? '',
        start: first + begin / 1000,
        duration: Math.max(end - begin, 0) / 1000,
      };
    }),
  );
}
