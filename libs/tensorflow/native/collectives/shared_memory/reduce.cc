#include "movers.h"

namespace kiln::collectives {
namespace {

// Each block visits the ranks in order and each adds its own part in place, so a region needs room for one result
// however many ranks there are, and sums are in rank order. Since a + b = b + a, rank 1 may as well begin a block that
// rank 0 then adds to: they share the beginnings, rank 0 of even blocks and rank 1 of odd ones, which halves the
// work of two ranks.
class ReduceMover : public Mover {
 public:
  explicit ReduceMover(Site& site)
      : site_(site), num_blocks_(site.placement.num_blocks), adopt_(site.placement.adopt != 0) {
    const uint64_t half = num_blocks_ / 2;
    num_begun_ = site.rank == 0 ? num_blocks_ - half : site.rank == 1 ? half : 0;
    num_added_ = num_blocks_ - num_begun_;
  }

  // Adding comes first: it completes blocks, while beginning opens more.
  bool Move() override {
    if (added_ < num_added_ && PredecessorDone(BlockToAdd(added_))) {
      Add(BlockToAdd(added_));
      site_.Publish(&RankSlot::added, ++added_);
      return true;
    }
    if (!adopt_ && taken_ < num_blocks_ && Complete(taken_)) {
      Take(taken_);
      site_.Publish(&RankSlot::taken, ++taken_);
      return true;
    }
    if (begun_ < num_begun_ && site_.PlaceFree(2 * begun_ + site_.rank)) {
      Begin(2 * begun_ + site_.rank);
      site_.Publish(&RankSlot::brought, ++begun_);
      return true;
    }
    return false;
  }

  bool Finished() const override {
    if (!adopt_) return taken_ == num_blocks_;
    return begun_ == num_begun_ && added_ == num_added_ && Complete(num_blocks_ - 1) &&
           (num_blocks_ == 1 || Complete(num_blocks_ - 2));
  }

  void Deliver() override {
    if (!adopt_) return;
    for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) {
      if (site_.flat.count(piece) == 0) {
        site_.call.AllocateOutput(piece);
      } else {
        site_.call.AdoptOutput(piece, At(site_.flat.start(piece)), site_.region);
      }
    }
  }

 private:
  uint64_t BlockToAdd(uint64_t index) const {
    return site_.rank == 0 ? 2 * index + 1 : site_.rank == 1 ? 2 * index : index;
  }

  bool PredecessorDone(uint64_t block) const {
    const int beginner = static_cast<int>(block % 2);
    if (site_.rank < 2) return site_.Reached(&RankSlot::brought, beginner, block / 2 + 1);
    if (site_.rank == 2) return site_.Reached(&RankSlot::added, 1 - beginner, block / 2 + 1);
    return site_.Reached(&RankSlot::added, site_.rank - 1, block + 1);
  }

  bool Complete(uint64_t block) const {
    if (site_.num_ranks > 2) return site_.Reached(&RankSlot::added, site_.num_ranks - 1, block + 1);
    return site_.Reached(&RankSlot::added, 1 - static_cast<int>(block % 2), block / 2 + 1);
  }

  bool IsLast(uint64_t block) const {
    return site_.num_ranks > 2 ? site_.rank == site_.num_ranks - 1 : site_.rank != static_cast<int>(block % 2);
  }

  // Where an element of the row has its lane.
  uint8_t* At(uint64_t position) const {
    const uint64_t block_elements = site_.placement.block_elements;
    const uint64_t place = adopt_ ? position
                                  : position / block_elements % site_.placement.depth * block_elements +
                                        position % block_elements;
    return site_.region->data() + place * site_.arithmetic->lane_bytes;
  }

  const uint8_t* Own(size_t piece, size_t first) const {
    return site_.call.pieces[piece].data + first * site_.arithmetic->element_bytes;
  }

  void Begin(uint64_t block) {
    site_.flat.ForEach(site_.BlockBegin(block), site_.BlockEnd(block),
                       [&](size_t piece, size_t first, size_t count, size_t position) {
                         site_.arithmetic->load(At(position), Own(piece, first), count);
                       });
  }

  void Add(uint64_t block) {
    const bool last = IsLast(block);
    site_.flat.ForEach(site_.BlockBegin(block), site_.BlockEnd(block),
                       [&](size_t piece, size_t first, size_t count, size_t position) {
                         if (last) {
                           site_.arithmetic->combine_last(At(position), Own(piece, first), count, site_.num_ranks);
                         } else {
                           site_.arithmetic->combine(At(position), Own(piece, first), count);
                         }
                       });
  }

  void Take(uint64_t block) {
    if (outputs_.empty()) {
      for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) {
        outputs_.push_back(static_cast<uint8_t*>(site_.call.AllocateOutput(piece)));
      }
    }
    site_.flat.ForEach(site_.BlockBegin(block), site_.BlockEnd(block),
                       [&](size_t piece, size_t first, size_t count, size_t position) {
                         site_.arithmetic->store(outputs_[piece] + first * site_.arithmetic->element_bytes,
                                                 At(position), count);
                       });
  }

  Site& site_;
  uint64_t num_blocks_;
  bool adopt_;
  uint64_t num_begun_;
  uint64_t num_added_;
  uint64_t begun_ = 0;
  uint64_t added_ = 0;
  uint64_t taken_ = 0;
  std::vector<uint8_t*> outputs_;
};

}  // namespace

std::unique_ptr<Mover> MakeReduceMover(Site& site) { return std::make_unique<ReduceMover>(site); }

}  // namespace kiln::collectives
