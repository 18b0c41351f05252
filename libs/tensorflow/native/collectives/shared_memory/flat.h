// The tensors of a call seen as one row of elements, each tensor starting on a cache line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "../transport.h"
#include "layout.h"

namespace kiln::collectives {

class Flat {
 public:
  // `lane_bytes` is what one element takes in the shared region.
  Flat(const std::vector<Piece>& pieces, size_t element_bytes, size_t lane_bytes) : element_bytes_(element_bytes) {
    const size_t unit = kLine / lane_bytes;
    for (const Piece& piece : pieces) {
      starts_.push_back(total_);
      counts_.push_back(piece.bytes / element_bytes);
      total_ += RoundUp(counts_.back(), unit);
    }
  }

  size_t total() const { return total_; }
  size_t element_bytes() const { return element_bytes_; }
  size_t start(size_t piece) const { return starts_[piece]; }
  size_t count(size_t piece) const { return counts_[piece]; }

  // visit(piece, first element in the piece, number of elements, position in the row) for each part in [begin, end).
  template <typename Visit>
  void ForEach(size_t begin, size_t end, Visit visit) const {
    size_t piece = static_cast<size_t>(std::upper_bound(starts_.begin(), starts_.end(), begin) - starts_.begin()) - 1;
    for (; piece < starts_.size() && starts_[piece] < end; ++piece) {
      size_t first = std::max(begin, starts_[piece]);
      size_t last = std::min(end, starts_[piece] + counts_[piece]);
      if (first < last) visit(piece, first - starts_[piece], last - first, first);
    }
  }

 private:
  size_t element_bytes_;
  size_t total_ = 0;
  std::vector<size_t> starts_;
  std::vector<size_t> counts_;
};

}  // namespace kiln::collectives
