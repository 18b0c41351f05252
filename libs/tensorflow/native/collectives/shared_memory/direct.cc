#include <cstring>

#include "movers.h"

namespace kiln::collectives {
namespace {

class DirectMover : public Mover {
 public:
  explicit DirectMover(Site& site)
      : site_(site), stride_(RoundUp(site.flat.total() * site.flat.element_bytes(), kLine)) {}

  bool Move() override {
    if (!brought_) {
      if (Brings(site_.rank)) Bring();
      site_.Publish(&RankSlot::brought, 1);
      return brought_ = true;
    }
    if (taken_ || !AllBrought()) return false;
    for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) Take(piece);
    return taken_ = true;
  }

  bool Finished() const override { return taken_; }

 private:
  bool Brings(int rank) const { return site_.call.kind != Kind::kBroadcast || rank == site_.call.root; }

  bool AllBrought() const {
    for (int rank = 0; rank < site_.num_ranks; ++rank) {
      if (Brings(rank) && !site_.Reached(&RankSlot::brought, rank, 1)) return false;
    }
    return true;
  }

  uint8_t* Row(int rank, size_t piece) const {
    return site_.region->data() + rank * stride_ + site_.flat.start(piece) * site_.flat.element_bytes();
  }

  void Bring() {
    for (size_t piece = 0; piece < site_.call.pieces.size(); ++piece) {
      const Piece& own = site_.call.pieces[piece];
      if (own.bytes > 0) std::memcpy(Row(site_.rank, piece), own.data, own.bytes);
    }
  }

  void Take(size_t piece) {
    const size_t bytes = site_.call.pieces[piece].bytes;
    if (site_.call.kind == Kind::kBroadcast && site_.rank == site_.call.root) return site_.call.ForwardInput(piece);
    auto* out = static_cast<uint8_t*>(site_.call.AllocateOutput(piece));
    if (bytes == 0) return;
    switch (site_.call.kind) {
      case Kind::kAllReduce:
        return Reduce(piece, out);
      case Kind::kBroadcast:
        std::memcpy(out, Row(site_.call.root, piece), bytes);
        return;
      case Kind::kAllGather:
        for (int rank = 0; rank < site_.num_ranks; ++rank) std::memcpy(out + rank * bytes, Row(rank, piece), bytes);
        return;
    }
  }

  void Reduce(size_t piece, uint8_t* out) {
    const Arithmetic& arithmetic = *site_.arithmetic;
    const size_t count = site_.flat.count(piece);
    const bool in_place = arithmetic.lane_bytes == arithmetic.element_bytes;
    if (!in_place) lanes_.resize(count * arithmetic.lane_bytes);
    uint8_t* lanes = in_place ? out : lanes_.data();
    arithmetic.load(lanes, Row(0, piece), count);
    for (int rank = 1; rank < site_.num_ranks - 1; ++rank) arithmetic.combine(lanes, Row(rank, piece), count);
    arithmetic.combine_last(lanes, Row(site_.num_ranks - 1, piece), count, site_.num_ranks);
    if (!in_place) arithmetic.store(out, lanes, count);
  }

  Site& site_;
  size_t stride_;
  bool brought_ = false;
  bool taken_ = false;
  std::vector<uint8_t> lanes_;
};

}  // namespace

std::unique_ptr<Mover> MakeDirectMover(Site& site) { return std::make_unique<DirectMover>(site); }

}  // namespace kiln::collectives
