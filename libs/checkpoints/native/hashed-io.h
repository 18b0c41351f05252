// Moves parts of a file between the disk and memory and hashes each on the way, on several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sha256.h"

namespace kiln {

struct Part {
  uint64_t position;
  size_t size;
  // Null when reading: the part is only hashed.
  uint8_t* memory;
};

enum class Direction { kRead, kWrite };

struct Outcome {
  std::vector<Digest> digests;
  // 0, or the errno of the first failure.
  int error = 0;
  // The file ends here, inside a part that was to be read.
  bool ended = false;
  uint64_t end = 0;
};

Outcome MoveHashed(int fd, Direction direction, const std::vector<Part>& parts, size_t num_threads);

}  // namespace kiln
