/** Binds TensorFlow's C library to Node: tensors, ops, graphs, functions and our native ops. */
export { TensorFlowError, TensorFlowNotFound, errorCodes, type ErrorCodeName } from './error.ts';

// What sibling libs need.
export { attr, type PartialShape } from './attr.ts';
export { configProto, type ContextConfig } from './config-proto.ts';
export { DataType, dataTypeBytes, dataTypeName, type DataTypeName } from './data-type.ts';
export { loadGpuLibraries } from './gpu-libraries.ts';
export { native } from './load.ts';
export { opTimes, type OpTime } from './op-times.ts';
export { opDefs, type ArgDef, type AttrDef, type OpDef, type OpDefs } from './op-defs.ts';
export type * from './native.ts';
