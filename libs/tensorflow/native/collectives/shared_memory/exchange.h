// One call on its way: arrives, gets its place in the heap, is compared with the peers' calls, moves its data, ends.
// Driven by the communication thread, never waits.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "flat.h"
#include "movers.h"
#include "placement.h"

namespace kiln::collectives {

// Throw one to close the group on every rank; the text says who did what.
struct GroupFault {
  std::string text;
};

class Exchange {
 public:
  enum class Step { kWaiting, kMoved, kDone };

  Exchange(std::shared_ptr<Segment> segment, int rank, const PlacementLimits& limits, std::unique_ptr<Call> call,
           Slot* slot, uint64_t instance, double started);

  Step Advance(double now);
  // The results are complete: hands them over, but does not settle the call. The region lives on in them.
  void Deliver();

  Call& call() const { return *call_; }
  double started() const { return started_; }

  // When this rank first saw all ranks at work on it; until then nobody's results can be complete.
  std::optional<double> met() const { return met_; }
  // Whether a rank has not called this yet.
  bool Misses(int rank) const;
  // Which rank keeps this call from ending, and what it does instead.
  std::string Culprit() const;

 private:
  enum class Phase { kNew, kArrived, kClaimed, kPlaced, kMoving };

  Step TakePlace();
  bool Met(double now);
  bool Allocate();
  void Attach();

  std::shared_ptr<Segment> segment_;
  int rank_;
  PlacementLimits limits_;
  std::unique_ptr<Call> call_;
  Slot* slot_;
  uint64_t instance_;
  double started_;
  std::optional<double> met_;
  Phase phase_ = Phase::kNew;
  const Arithmetic* arithmetic_ = nullptr;
  Flat flat_;
  std::optional<Site> site_;
  std::unique_ptr<Mover> mover_;
};

}  // namespace kiln::collectives
