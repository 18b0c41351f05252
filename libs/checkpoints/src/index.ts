/** Sharded safetensors checkpoints with a hashed manifest and an atomic commit. */
export {};
