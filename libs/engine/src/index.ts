/** Runs tfjs code on TensorFlow, eagerly or compiled into one function. */
export {};
