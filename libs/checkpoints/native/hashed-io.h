// Moves parts of a file between the disk and memory and takes the hash or the checksum of each on the way, on several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crc32c.h"
#include "sha256.h"

namespace kiln {

struct Part {
  uint64_t position;
  size_t size;
  // Null when reading: the part is only looked at.
  uint8_t* memory;
};

enum class Direction { kRead, kWrite };

// A checksum is taken several times as fast as a hash.
struct Sums {
  bool sha256;
  bool crc32c;
};

struct Outcome {
  // One a part, of what was asked for.
  std::vector<Digest> digests;
  std::vector<uint32_t> checksums;
  // 0, or the errno of the first failure.
  int error = 0;
  // The file ends here, inside a part that was to be read.
  bool ended = false;
  uint64_t end = 0;
};

Outcome MoveHashed(int fd, Direction direction, Sums sums, const std::vector<Part>& parts, size_t num_threads);

}  // namespace kiln
