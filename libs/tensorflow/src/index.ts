/** Binds TensorFlow's C library to Node: tensors, ops, graphs, functions and our native ops. */
export {};
