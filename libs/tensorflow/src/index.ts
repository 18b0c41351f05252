/** Binds TensorFlow's C library to Node: tensors, ops, graphs, functions and our native ops. */
export { TensorFlowError, TensorFlowNotFound, errorCodes, type ErrorCodeName } from './error.ts';

// What sibling libs need.
export { native } from './load.ts';
export type * from './native.ts';
