// The updates themselves, one pass over memory each. A destination may be any of the sources.
#pragma once

#include <cstddef>

namespace kiln::updates {

// m + (g - m) * share1, v + (g^2 - v) * share2, and value - m' * rate / (sqrt(v') + floor), rounded after each operation
// as the same formula of separate ops is.
struct Adam {
  float share1;
  float share2;
  float rate;
  float floor;

  void Run(size_t length, const float* gradient, const float* m, const float* v, const float* value, float* next_m,
           float* next_v, float* next_value) const;
};

// to + (from - to) * share.
void Blend(size_t length, float share, const float* from, const float* to, float* result);

}  // namespace kiln::updates
