// The ops KilnAllReduce, KilnBroadcast and KilnAllGather: what TensorFlow knows of them, and their CPU kernels.
#pragma once

namespace kiln::collectives {

// Call once in a process. Throws a Failure.
void RegisterOpsAndKernels();

}  // namespace kiln::collectives
