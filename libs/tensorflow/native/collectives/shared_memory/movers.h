// How each kind of collective moves its data through the region, a block at a time.
#pragma once

#include <cstdint>
#include <memory>

#include "../arithmetic.h"
#include "../transport.h"
#include "flat.h"
#include "region.h"
#include "segment.h"

namespace kiln::collectives {

// One rank's view of one call that has its place.
struct Site {
  Segment& segment;
  Slot* slot;
  uint64_t instance;
  int rank;
  int num_ranks;
  Call& call;
  const Flat& flat;
  // Null unless the call is an all-reduce.
  const Arithmetic* arithmetic;
  Placement placement;
  std::shared_ptr<RegionHold> region;

  using Counter = std::atomic<uint64_t> RankSlot::*;

  bool Reached(Counter counter, int of_rank, uint64_t count) const {
    return (segment.Side(slot, of_rank).*counter).load(std::memory_order_acquire) >= (instance << 32 | count);
  }
  bool AllReached(Counter counter, uint64_t count) const {
    for (int of_rank = 0; of_rank < num_ranks; ++of_rank) {
      if (!Reached(counter, of_rank, count)) return false;
    }
    return true;
  }
  void Publish(Counter counter, uint64_t count) const {
    (segment.Side(slot, rank).*counter).store(instance << 32 | count, std::memory_order_release);
  }

  uint64_t BlockBegin(uint64_t block) const { return block * placement.block_elements; }
  uint64_t BlockEnd(uint64_t block) const { return std::min<uint64_t>(flat.total(), BlockBegin(block + 1)); }
  // Whether the window's place for a block is free again.
  bool PlaceFree(uint64_t block) const {
    return block < placement.depth || AllReached(&RankSlot::taken, block - placement.depth + 1);
  }
};

class Mover {
 public:
  virtual ~Mover() = default;
  // Does about one block of what can be done now and publishes it; false when there was nothing to do.
  virtual bool Move() = 0;
  // All of this rank's part is done, and all results are complete.
  virtual bool Finished() const = 0;
  // Hands over results that stay in the region.
  virtual void Deliver() {}
};

// Small calls: every rank writes all it has, and every rank computes all results.
std::unique_ptr<Mover> MakeDirectMover(Site& site);
std::unique_ptr<Mover> MakeReduceMover(Site& site);
std::unique_ptr<Mover> MakeGatherMover(Site& site);
std::unique_ptr<Mover> MakeBroadcastMover(Site& site);

}  // namespace kiln::collectives
