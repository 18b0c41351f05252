#include "placement.h"

namespace kiln::collectives {
namespace {

// Below this, one exchange of everything is faster than dividing the work.
constexpr size_t kDirectBytes = 16 << 10;
constexpr size_t kDirectRegionBytes = 512 << 10;
// Blocks stay in the cache between the rank that writes and the rank that adds, and are long against a wake-up.
constexpr size_t kSmallestBlock = 64 << 10;
constexpr size_t kLargestBlock = 1 << 20;
constexpr size_t kLargestSharedCoreBlock = 8 << 20;
constexpr size_t kWindowDepth = 4;

size_t BlockBytes(size_t total_bytes, const PlacementLimits& limits) {
  size_t ranks = static_cast<size_t>(limits.num_ranks);
  size_t parts = limits.core_each ? 4 * ranks : 2 * ranks;
  size_t largest = limits.core_each ? kLargestBlock : kLargestSharedCoreBlock;
  return RoundUp(std::min(largest, std::max(kSmallestBlock, total_bytes / parts)), kPage);
}

}  // namespace

size_t GatheredStart(const Flat& flat, int num_ranks, size_t piece) {
  size_t start = 0;
  for (size_t before = 0; before < piece; ++before) start += RoundUp(flat.count(before) * num_ranks, kLine);
  return start;
}

Placement PlanPlacement(const Call& call, const Flat& flat, size_t lane_bytes, bool adopt,
                        const PlacementLimits& limits) {
  Placement plan{};
  const size_t ranks = static_cast<size_t>(limits.num_ranks);
  const size_t total_bytes = flat.total() * lane_bytes;
  const size_t row_bytes = flat.total() * flat.element_bytes();
  if (row_bytes <= kDirectBytes && row_bytes * ranks <= kDirectRegionBytes) {
    plan.direct = 1;
    plan.num_blocks = 1;
    plan.depth = 1;
    plan.block_elements = flat.total();
    plan.bytes = sizeof(RegionHeader) + RoundUp(row_bytes, kLine) * ranks;
    return plan;
  }
  const size_t copies = call.kind == Kind::kAllGather ? ranks : 1;
  size_t block_bytes = BlockBytes(total_bytes, limits);
  if (!adopt) {
    size_t most = limits.window_bytes / (kWindowDepth * copies) / kLine * kLine;
    block_bytes = std::min(block_bytes, std::max(kLine, most));
  }
  plan.adopt = adopt ? 1 : 0;
  plan.block_elements = block_bytes / lane_bytes;
  plan.num_blocks = (flat.total() + plan.block_elements - 1) / plan.block_elements;
  plan.depth = adopt ? plan.num_blocks : std::min<size_t>(plan.num_blocks, kWindowDepth);
  size_t data_bytes = plan.depth * block_bytes * copies;
  if (adopt) data_bytes = copies == 1 ? total_bytes : GatheredStart(flat, limits.num_ranks, call.pieces.size());
  plan.bytes = sizeof(RegionHeader) + data_bytes;
  return plan;
}

}  // namespace kiln::collectives
