// Updates of parameters as TensorFlow ops of ours: what an optimiser does to a tensor in one pass over memory.
#pragma once

namespace kiln {

// Registers KilnAdam and KilnBlend with their CPU kernels. Call once in a process. Throws a Failure.
void RegisterUpdates();

}  // namespace kiln
