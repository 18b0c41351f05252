/** Side-by-side measurements with PyTorch and TensorFlow. */
export {};
