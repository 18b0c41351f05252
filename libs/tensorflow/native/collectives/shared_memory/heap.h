// The segment's memory for data in flight, given out in runs of pages. Giving out needs the lock, which is only ever
// tried; giving back needs none, because TensorFlow does it from any thread and a lock could belong to a dead process.
#pragma once

#include <cstddef>
#include <cstdint>

#include "layout.h"

namespace kiln::collectives {

class Segment;

class Heap {
 public:
  enum class Result { kDone, kBusy, kFull };

  explicit Heap(Segment& segment);

  // `offset` is from the start of the segment. Windows may use the reserve, other regions may not.
  Result Allocate(size_t bytes, bool window, uint64_t* offset);
  void Free(uint64_t offset, size_t bytes);

  // The most that one window may take, so that two fit into the reserve.
  size_t WindowLimit() const;
  size_t UsedBytes() const;
  size_t CommittedBytes() const;
  bool Exhausted() const;

 private:
  Result AllocateLocked(size_t bytes, bool window, uint64_t* offset);
  bool Commit(size_t end);
  std::atomic<uint64_t>& Word(size_t page) const;

  Segment& segment_;
  Header& header_;
  uint32_t owner_tag_;
};

}  // namespace kiln::collectives
