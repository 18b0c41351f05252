/** All-reduce, broadcast and all-gather as TensorFlow ops between the workers of a run. */
export {};
