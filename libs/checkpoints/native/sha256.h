// SHA-256 (FIPS 180-4) of up to four messages side by side: one message alone leaves most of a core's SHA unit idle.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kiln {

constexpr size_t kShaBlock = 64;
constexpr size_t kShaLanes = 4;

using Digest = std::array<uint8_t, 32>;

struct Sha256 {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint64_t num_blocks = 0;
};

// Takes the next `num_blocks` blocks of each of `count` messages, 1 to kShaLanes.
void HashBlocks(Sha256* const* hashes, const uint8_t* const* data, size_t count, size_t num_blocks);

// Takes the last, incomplete block of a message, `size` < kShaBlock bytes, and ends it.
Digest Finish(Sha256& hash, const uint8_t* rest, size_t size);

// What HashBlocks does on a CPU without SHA instructions, for one message.
void HashBlocksPlainly(Sha256& hash, const uint8_t* data, size_t num_blocks);

}  // namespace kiln
