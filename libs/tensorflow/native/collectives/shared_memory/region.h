// A run of the heap that one call uses. Each rank holds it until it and every result in it are released there.
#pragma once

#include <memory>
#include <utility>

#include "segment.h"

namespace kiln::collectives {

class RegionHold {
 public:
  // The region's header must count this holder already.
  RegionHold(std::shared_ptr<Segment> segment, uint64_t offset, uint64_t bytes)
      : segment_(std::move(segment)), offset_(offset), bytes_(bytes) {}
  ~RegionHold() {
    auto* header = reinterpret_cast<RegionHeader*>(segment_->At(offset_));
    if (header->holders.fetch_sub(1) == 1) segment_->heap().Free(offset_, bytes_);
  }
  RegionHold(const RegionHold&) = delete;
  RegionHold& operator=(const RegionHold&) = delete;

  uint8_t* data() const { return segment_->At(offset_) + sizeof(RegionHeader); }

 private:
  std::shared_ptr<Segment> segment_;
  uint64_t offset_;
  uint64_t bytes_;
};

}  // namespace kiln::collectives
