/** Joining alone, without TensorFlow's context: the process is there in no time. */
import { type GroupOptions, groupStatus, joinGroup, leaveGroup } from '../group.ts';

export async function join(options: GroupOptions): Promise<number[]> {
  await joinGroup(options);
  return groupStatus()?.pids ?? [];
}

/** Joins one generation after the other; how many. */
export async function joinMany({ count, ...group }: GroupOptions & { count: number }): Promise<number> {
  for (let generation = 0; generation < count; generation++) {
    await joinGroup({ ...group, generation });
    await leaveGroup();
  }
  return count;
}
