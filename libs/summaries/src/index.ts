/** TensorBoard event files and sample grids, written without TensorFlow. */
export {};
