// Compiled for vectors, and without joining a product and a sum into one rounding: bits must be those of separate ops.
#pragma GCC optimize("O3", "no-math-errno", "fp-contract=off")

#include "arithmetic.h"

#include <cmath>

namespace kiln::updates {

void Adam::Run(size_t length, const float* gradient, const float* m, const float* v, const float* value, float* next_m,
               float* next_v, float* next_value) const {
  const float by1 = share1, by2 = share2, by = rate, least = floor;
#pragma GCC ivdep
  for (size_t i = 0; i < length; ++i) {
    const float g = gradient[i];
    const float old_value = value[i];
    const float new_m = m[i] + (g - m[i]) * by1;
    const float new_v = v[i] + (g * g - v[i]) * by2;
    next_m[i] = new_m;
    next_v[i] = new_v;
    next_value[i] = old_value - (new_m * by) / (std::sqrt(new_v) + least);
  }
}

void Blend(size_t length, float share, const float* from, const float* to, float* result) {
#pragma GCC ivdep
  for (size_t i = 0; i < length; ++i) result[i] = to[i] + (from[i] - to[i]) * share;
}

}  // namespace kiln::updates
