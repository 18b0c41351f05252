#include <cstring>

#include "movers.h"

namespace kiln::collectives {
namespace {

// The root writes blocks into a window and keeps its own tensors as results; the others copy them out. Results are
// copies, because broadcast values usually live long and would keep the heap occupied.
class BroadcastMover : public Mover {
 public:
  explicit BroadcastMover(Site& site) : site_(site), is_root_(site.rank == site.call.root) {
    if (is_root_) {
      site_.Publish(&RankSlot::taken, site_.placement.num_blocks);
      return;
    }
    for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) {
      outputs_.push_back(static_cast<uint8_t*>(site_.call.AllocateOutput(piece)));
    }
  }

  bool Move() override {
    if (moved_ == site_.placement.num_blocks) return false;
    if (is_root_ ? !site_.PlaceFree(moved_) : !site_.Reached(&RankSlot::brought, site_.call.root, moved_ + 1)) {
      return false;
    }
    const uint64_t begin = site_.BlockBegin(moved_);
    uint8_t* window =
        site_.region->data() + moved_ % site_.placement.depth * site_.placement.block_elements;
    site_.flat.ForEach(begin, site_.BlockEnd(moved_), [&](size_t piece, size_t first, size_t count, size_t position) {
      uint8_t* shared = window + (position - begin);
      if (is_root_) {
        std::memcpy(shared, site_.call.pieces[piece].data + first, count);
      } else {
        std::memcpy(outputs_[piece] + first, shared, count);
      }
    });
    site_.Publish(is_root_ ? &RankSlot::brought : &RankSlot::taken, ++moved_);
    return true;
  }

  bool Finished() const override { return moved_ == site_.placement.num_blocks; }

  void Deliver() override {
    for (size_t piece = 0; is_root_ && piece < site_.call.pieces.size(); ++piece) site_.call.ForwardInput(piece);
  }

 private:
  Site& site_;
  bool is_root_;
  uint64_t moved_ = 0;
  std::vector<uint8_t*> outputs_;
};

}  // namespace

std::unique_ptr<Mover> MakeBroadcastMover(Site& site) { return std::make_unique<BroadcastMover>(site); }

}  // namespace kiln::collectives
