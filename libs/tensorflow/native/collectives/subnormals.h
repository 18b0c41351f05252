// Keeps subnormal numbers in the calculations of a scope. TensorFlow's threads take them for zero, others do not, and the
// bits of a sum must not depend on the thread that happens to take it.
#pragma once

#include <immintrin.h>

namespace kiln::collectives {

class KeepSubnormals {
 public:
  KeepSubnormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ & ~kFlush); }
  ~KeepSubnormals() { _mm_setcsr(before_); }
  KeepSubnormals(const KeepSubnormals&) = delete;
  KeepSubnormals& operator=(const KeepSubnormals&) = delete;

 private:
  static constexpr unsigned kFlush = _MM_FLUSH_ZERO_ON | 0x40;  // results, and operands ("denormals are zero")
  unsigned before_;
};

}  // namespace kiln::collectives
