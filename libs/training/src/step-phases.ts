/** Which part of a step a node belongs to, read from its name scopes (`step.ts` and `move.ts` make them). */

/** What the optimiser of graphs puts before the names of nodes that it makes. */
const optimiserScopes =
  /^(?:(?:ArithmeticOptimizer|ConstantFolding|LoopOptimizer|RemapperOptimizer|Mkl\w*)\/)+/;

/** The collectives by their op. */
export const isExchange = (op: string): boolean => /^Kiln(AllReduce|Broadcast|AllGather)$/.test(op);

/** `D forward`, `D backward`, `D update`, `averages` and the like; `step` for what stands outside of every move. */
export function phaseOf(nodeName: string): string {
  const [move = '', inner, ...rest] = nodeName.replace(optimiserScopes, '').split('/');
  if (inner === undefined) return 'step';
  if (/^(_arg|_retval)/.test(move) || move === 'state' || move === 'input') return 'step';
  if (move === 'averages') return 'averages';
  if (inner === 'gradients') return `${move} backward`;
  if (inner === 'update') return `${move} update`;
  return inner.startsWith('KilnAllReduce') && rest.length === 0 ? `${move} all-reduce` : `${move} forward`;
}
