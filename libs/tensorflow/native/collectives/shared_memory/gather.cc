#include <cstring>

#include "movers.h"
#include "placement.h"

namespace kiln::collectives {
namespace {

// Every rank writes its rows where they belong in the result, or, in a window, side by side for the peers to copy.
class GatherMover : public Mover {
 public:
  explicit GatherMover(Site& site) : site_(site), adopt_(site.placement.adopt != 0) {}

  bool Move() override {
    if (!adopt_ && taken_ < site_.placement.num_blocks && site_.AllReached(&RankSlot::brought, taken_ + 1)) {
      Take(taken_);
      site_.Publish(&RankSlot::taken, ++taken_);
      return true;
    }
    if (brought_ < site_.placement.num_blocks && site_.PlaceFree(brought_)) {
      Bring(brought_);
      site_.Publish(&RankSlot::brought, ++brought_);
      return true;
    }
    return false;
  }

  bool Finished() const override {
    return adopt_ ? site_.AllReached(&RankSlot::brought, site_.placement.num_blocks)
                  : taken_ == site_.placement.num_blocks;
  }

  void Deliver() override {
    if (!adopt_) return;
    for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) {
      if (site_.flat.count(piece) == 0) {
        site_.call.AllocateOutput(piece);
      } else {
        site_.call.AdoptOutput(piece, Result(piece), site_.region);
      }
    }
  }

 private:
  uint8_t* Result(size_t piece) const {
    return site_.region->data() + GatheredStart(site_.flat, site_.num_ranks, piece);
  }

  uint8_t* Window(uint64_t block, int rank) const {
    const uint64_t place = block % site_.placement.depth * site_.num_ranks + rank;
    return site_.region->data() + place * site_.placement.block_elements;
  }

  void Bring(uint64_t block) {
    const uint64_t begin = site_.BlockBegin(block);
    site_.flat.ForEach(begin, site_.BlockEnd(block), [&](size_t piece, size_t first, size_t count, size_t position) {
      uint8_t* to = adopt_ ? Result(piece) + site_.rank * site_.flat.count(piece) + first
                           : Window(block, site_.rank) + (position - begin);
      std::memcpy(to, site_.call.pieces[piece].data + first, count);
    });
  }

  void Take(uint64_t block) {
    if (outputs_.empty()) {
      for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) {
        outputs_.push_back(static_cast<uint8_t*>(site_.call.AllocateOutput(piece)));
      }
    }
    const uint64_t begin = site_.BlockBegin(block);
    site_.flat.ForEach(begin, site_.BlockEnd(block), [&](size_t piece, size_t first, size_t count, size_t position) {
      for (int rank = 0; rank < site_.num_ranks; ++rank) {
        std::memcpy(outputs_[piece] + rank * site_.flat.count(piece) + first, Window(block, rank) + (position - begin),
                    count);
      }
    });
  }

  Site& site_;
  bool adopt_;
  uint64_t brought_ = 0;
  uint64_t taken_ = 0;
  std::vector<uint8_t*> outputs_;
};

}  // namespace

std::unique_ptr<Mover> MakeGatherMover(Site& site) { return std::make_unique<GatherMover>(site); }

}  // namespace kiln::collectives
