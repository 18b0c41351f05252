// With the CPU's own instruction, which is older than those that TensorFlow asks for.
#include "crc32c.h"

#include <nmmintrin.h>

#include <cstring>

namespace kiln {

namespace {

template <size_t Lanes>
__attribute__((target("sse4.2"))) void CheckLanes(Crc32c* const* sums, const uint8_t* const* data, size_t size) {
  uint64_t states[Lanes];
  for (size_t i = 0; i < Lanes; i++) states[i] = sums[i]->state;
  size_t at = 0;
  for (; at + 8 <= size; at += 8) {
#pragma GCC unroll 4
    for (size_t i = 0; i < Lanes; i++) {
      uint64_t word;
      std::memcpy(&word, data[i] + at, 8);
      states[i] = _mm_crc32_u64(states[i], word);
    }
  }
  for (; at < size; at++) {
    for (size_t i = 0; i < Lanes; i++) states[i] = _mm_crc32_u8(static_cast<uint32_t>(states[i]), data[i][at]);
  }
  for (size_t i = 0; i < Lanes; i++) sums[i]->state = static_cast<uint32_t>(states[i]);
}

}  // namespace

void Check(Crc32c* const* sums, const uint8_t* const* data, size_t count, size_t size) {
  switch (count) {
    case 1:
      return CheckLanes<1>(sums, data, size);
    case 2:
      return CheckLanes<2>(sums, data, size);
    case 3:
      return CheckLanes<3>(sums, data, size);
    default:
      return CheckLanes<4>(sums, data, size);
  }
}

}  // namespace kiln
