/** How many examples each class has. Labels below 0 count nowhere: those examples have none. */
export function countClasses(labels: Iterable<number>, numClasses: number): number[] {
  const counts = Array.from({ length: numClasses }, () => 0);
  for (const label of labels) if (label >= 0 && label < numClasses) counts[label]! += 1;
  return counts;
}
