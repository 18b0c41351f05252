/** One of the two ranks that time Kiln's all-reduce: the op as a step calls it, tensor in, tensor out. */
import { allReduce, joinGroup, listen, type PeerAddress } from '@kiln/collectives';
import { once } from 'node:events';
import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';

/** Shared memory, or ZeroMQ over loopback, in the clear or encrypted with CURVE. */
export type Link = 'memory' | 'plain' | 'curve';

export interface Request {
  megabytes: number;
  repetitions: number;
}

const warmups = 2;
const [name, rankText, link] = process.argv.slice(2) as [string, string, Link];
const rank = Number(rankText);

function measure({ megabytes, repetitions }: Request): number[] {
  const length = Math.round((megabytes * 1_000_000) / 4);
  const x = tf.tidy(() => tf.add(tf.zeros([length]), rank + 1));
  const here = tf.scalar(0);
  const nanoseconds: number[] = [];
  for (let repetition = -warmups; repetition < repetitions; repetition++) {
    allReduce(here, 'sum', 'barrier').dispose();
    const start = process.hrtime.bigint();
    const sum = allReduce(x, 'sum', `sum${megabytes}`);
    const taken = Number(process.hrtime.bigint() - start);
    const ends = tf.tidy(() => tf.concat([tf.slice(sum, 0, 1), tf.slice(sum, length - 1, 1)]));
    if (ends.dataSync().some((value) => value !== 3)) throw new Error('wrong sum');
    tf.dispose([sum, ends]);
    if (repetition >= 0) nanoseconds.push(taken);
  }
  tf.dispose([x, here]);
  return nanoseconds;
}

startEngine({ intraOpThreads: 1, interOpThreads: 2 });
const group = { name, rank, worldSize: 2, generation: 0 };
if (link === 'memory') {
  await joinGroup(group);
} else {
  process.send?.({ host: '', ...listen({ encrypt: link === 'curve' }) });
  const [peers] = (await once(process, 'message')) as [PeerAddress[]];
  await joinGroup({ ...group, peers });
}
process.on('message', (request: Request) => {
  const nanoseconds = measure(request);
  if (rank === 0) process.send?.(nanoseconds);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
