/** Joining alone, without TensorFlow's context: the process is there in no time. */
import { type GroupOptions, groupStatus, joinGroup } from '../group.ts';

export async function join(options: GroupOptions): Promise<number[]> {
  await joinGroup(options);
  return groupStatus()?.pids ?? [];
}
