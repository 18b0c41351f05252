// How the data of one call are cut, the same on every rank because it follows from the call alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "../shared_memory/flat.h"

namespace kiln::collectives::hosts {

// Calls of up to this size travel whole, with their announcement: one message instead of a way around the ring.
constexpr size_t kMaxDirectBytes = 16 << 10;
// Large enough that the cost of a message is small, small enough that a core's cache holds some.
constexpr size_t kMaxChunkBytes = 512 << 10;
constexpr size_t kMinChunkBytes = 32 << 10;
// A segment is cut into this many chunks at least, so that all ranks have something to do soon.
constexpr size_t kMinChunks = 8;
constexpr size_t kMaxMessage = 2 * kMaxChunkBytes;

struct Range {
  size_t begin;
  size_t end;
};

class Chunks {
 public:
  Chunks() = default;
  // `total` elements of the row, each `lane_bytes` on its way, in `num_segments` segments.
  Chunks(size_t total, size_t lane_bytes, int num_segments) : total_(total), num_segments_(num_segments) {
    const size_t unit = kLine / lane_bytes;
    segment_ = RoundUp((total + num_segments - 1) / num_segments, unit);
    const size_t bytes = std::clamp(segment_ * lane_bytes / kMinChunks, kMinChunkBytes, kMaxChunkBytes);
    chunk_ = RoundUp(bytes / lane_bytes, unit);
  }

  uint32_t NumIn(int segment) const {
    const Range range = Segment(segment);
    return static_cast<uint32_t>((range.end - range.begin + chunk_ - 1) / chunk_);
  }
  Range At(int segment, uint32_t chunk) const {
    const Range range = Segment(segment);
    const size_t begin = range.begin + chunk * chunk_;
    return {begin, std::min(range.end, begin + chunk_)};
  }
  uint64_t NumInAll() const {
    uint64_t count = 0;
    for (int segment = 0; segment < num_segments_; ++segment) count += NumIn(segment);
    return count;
  }

 private:
  Range Segment(int segment) const {
    return {std::min(total_, segment * segment_), std::min(total_, (segment + 1) * segment_)};
  }

  size_t total_ = 0;
  int num_segments_ = 1;
  size_t segment_ = 0;
  size_t chunk_ = 1;
};

}  // namespace kiln::collectives::hosts
