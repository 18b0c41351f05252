// Element-wise sums, means and maxima, taken in the order in which they are called: callers add in rank order.
#pragma once

#include <cstddef>

#include "transport.h"

namespace kiln::collectives {

// 16-bit floats are accumulated in 32 bits and rounded once, in `store`; other types accumulate in themselves.
struct Arithmetic {
  size_t element_bytes;
  // Bytes of one element while its sum is under way.
  size_t lane_bytes;
  void (*load)(void* lanes, const void* own, size_t count);
  void (*combine)(void* lanes, const void* own, size_t count);
  // For the last rank's contribution: a mean divides here.
  void (*combine_last)(void* lanes, const void* own, size_t count, int num_ranks);
  void (*store)(void* out, const void* lanes, size_t count);
};

// Null when the type has no such reduction (integers have no mean).
const Arithmetic* FindArithmetic(TF_DataType dtype, Reduction reduction);

}  // namespace kiln::collectives
