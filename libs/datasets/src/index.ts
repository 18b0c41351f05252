/** Image sources as tf.data graphs in an exact global order. */
export {};
