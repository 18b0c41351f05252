// CRC-32C (Castagnoli; RFC 3720, appendix B.4) of up to four messages side by side: one alone waits for each of its results.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kiln {

struct Crc32c {
  uint32_t state = 0xffffffff;

  uint32_t Value() const { return ~state; }
};

// Takes the next `size` bytes of each of `count` messages, 1 to 4.
void Check(Crc32c* const* sums, const uint8_t* const* data, size_t count, size_t size);

}  // namespace kiln
