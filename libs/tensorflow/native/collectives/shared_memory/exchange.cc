#include "exchange.h"

#include <sched.h>

#include <utility>

#include "descriptor.h"
#include "liveness.h"

namespace kiln::collectives {
namespace {

const Arithmetic* ArithmeticOf(const Call& call) {
  return call.kind == Kind::kAllReduce ? FindArithmetic(call.dtype, call.reduction) : nullptr;
}

size_t LaneBytes(const Arithmetic* arithmetic) { return arithmetic == nullptr ? 1 : arithmetic->lane_bytes; }

Flat FlatOf(const Call& call) {
  const Arithmetic* arithmetic = ArithmeticOf(call);
  return Flat(call.pieces, arithmetic == nullptr ? 1 : arithmetic->element_bytes, LaneBytes(arithmetic));
}

// Results can stay in the region when they are stored as they are summed. Broadcasts copy, see broadcast.cc.
bool MayAdopt(const Call& call, const Arithmetic* arithmetic) {
  if (call.kind == Kind::kBroadcast) return false;
  return arithmetic == nullptr || arithmetic->lane_bytes == arithmetic->element_bytes;
}

std::unique_ptr<Mover> MakeMover(Site& site) {
  if (site.placement.direct != 0) return MakeDirectMover(site);
  switch (site.call.kind) {
    case Kind::kAllReduce:
      return MakeReduceMover(site);
    case Kind::kAllGather:
      return MakeGatherMover(site);
    case Kind::kBroadcast:
      return MakeBroadcastMover(site);
  }
  return nullptr;
}

}  // namespace

Exchange::Exchange(std::shared_ptr<Segment> segment, int rank, const PlacementLimits& limits,
                   std::unique_ptr<Call> call, Slot* slot, uint64_t instance, double started)
    : segment_(std::move(segment)),
      rank_(rank),
      limits_(limits),
      call_(std::move(call)),
      slot_(slot),
      instance_(instance),
      started_(started),
      arithmetic_(ArithmeticOf(*call_)),
      flat_(FlatOf(*call_)) {}

Exchange::Step Exchange::Advance(double now) {
  if (phase_ != Phase::kMoving) return TakePlace();
  const bool met = Met(now);
  if (mover_->Move()) return Step::kMoved;
  // A rank that ran ahead to the next call of this key would overwrite the placement, so it waits for all to have read it.
  return met && mover_->Finished() ? Step::kDone : Step::kWaiting;
}

bool Exchange::Met(double now) {
  if (!met_ && site_->AllReached(&RankSlot::attached, 0)) met_ = now;
  return met_.has_value();
}

Exchange::Step Exchange::TakePlace() {
  if (phase_ == Phase::kNew) {
    RankSlot& side = segment_->Side(slot_, rank_);
    side.descriptor = Describe(*call_);
    side.arrived.store(instance_, std::memory_order_release);
    phase_ = Phase::kArrived;
  }
  if (phase_ == Phase::kArrived) {
    uint64_t previous = instance_ - 1;
    phase_ = slot_->claimed.compare_exchange_strong(previous, instance_) ? Phase::kClaimed : Phase::kPlaced;
  }
  if (phase_ == Phase::kClaimed) {
    if (!Allocate()) return Step::kWaiting;
    phase_ = Phase::kPlaced;
  }
  if (slot_->placed.load(std::memory_order_acquire) < instance_) return Step::kWaiting;
  Attach();
  phase_ = Phase::kMoving;
  return Step::kMoved;
}

bool Exchange::Allocate() {
  const bool may_adopt = MayAdopt(*call_, arithmetic_);
  for (bool adopt : {true, false}) {
    if (adopt && !may_adopt) continue;
    Placement plan = PlanPlacement(*call_, flat_, LaneBytes(arithmetic_), adopt, limits_);
    Heap::Result result = segment_->heap().Allocate(plan.bytes, plan.adopt == 0, &plan.offset);
    if (result == Heap::Result::kBusy) {
      sched_yield();
      return false;
    }
    if (result == Heap::Result::kFull) continue;
    plan.claimer = static_cast<uint32_t>(rank_);
    reinterpret_cast<RegionHeader*>(segment_->At(plan.offset))->holders.store(limits_.num_ranks);
    slot_->placement = plan;
    slot_->placed.store(instance_, std::memory_order_release);
    return true;
  }
  return false;
}

void Exchange::Attach() {
  const Placement placement = slot_->placement;
  const int claimer = static_cast<int>(placement.claimer);
  // Before the first byte moves: sizes of the region come from the claimer's call.
  if (auto mismatch = FindMismatch(*segment_, slot_, rank_, claimer)) throw GroupFault{*mismatch};
  site_.emplace(Site{*segment_, slot_, instance_, rank_, limits_.num_ranks, *call_, flat_, arithmetic_, placement,
                     std::make_shared<RegionHold>(segment_, placement.offset, placement.bytes)});
  mover_ = MakeMover(*site_);
  site_->Publish(&RankSlot::attached, 0);
}

void Exchange::Deliver() {
  mover_->Deliver();
  mover_.reset();
  site_.reset();
}

bool Exchange::Misses(int rank) const {
  return segment_->Side(slot_, rank).arrived.load(std::memory_order_acquire) < instance_;
}

std::string Exchange::Culprit() const {
  for (int other = 0; other < limits_.num_ranks; ++other) {
    if (!Misses(other)) continue;
    for (uint32_t index = 0; index < kNumSlots; ++index) {
      Slot* slot = segment_->SlotAt(index);
      if (slot->key.load() == 0) continue;
      RankSlot& theirs = segment_->Side(slot, other);
      if (theirs.arrived.load(std::memory_order_acquire) <= segment_->Side(slot, rank_).arrived.load()) continue;
      return NameRank(*segment_, other) + " did not call it; it waits in " + Summary(theirs.descriptor) +
             ", which rank " + std::to_string(segment_->NumberOf(rank_)) + " did not call";
    }
    return NameRank(*segment_, other) + " did not call it";
  }
  for (int other = 0; other < limits_.num_ranks; ++other) {
    if (other == rank_) continue;
    uint64_t attached = segment_->Side(slot_, other).attached.load();
    if (attached < instance_ << 32) return NameRank(*segment_, other) + " called it but did not begin";
  }
  return "all ranks called it, but it did not end";
}

}  // namespace kiln::collectives
