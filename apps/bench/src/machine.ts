/** The machine in words, for the head of every result. */
import { cpus, totalmem } from 'node:os';

export function machine(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
