// All calls under way on this rank, and the watch over the group. Not for several threads at a time; whoever holds the
// transport's lock moves it on.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "../transport.h"
#include "exchange.h"
#include "liveness.h"
#include "segment.h"

namespace kiln::collectives {

// A call that has ended. It is settled without the lock: TensorFlow goes on in there and may submit the next call.
struct Outcome {
  // One of the two: a call that had not begun has no exchange.
  std::unique_ptr<Exchange> exchange;
  std::unique_ptr<Call> call;
  // Empty when it has succeeded.
  std::string failure;
};

class Traffic {
 public:
  Traffic(std::shared_ptr<Segment> segment, const GroupOptions& options);

  void Accept(std::unique_ptr<Call> call);
  // Does about one block of work for the oldest call that has some; false when no call has.
  bool Advance(double now);
  // Shows that this rank is alive, and closes the group for lost peers and overdue calls. Call it every few ticks of the heartbeat limit.
  void Check(double now);
  // Closes the group on all ranks.
  void Abort(const std::string& reason);
  // Fails all calls on all ranks, with this cause or what another rank has recorded before.
  void Close(const std::string& cause);
  // Tells the peers that this rank needs them no more.
  void Leave();

  double Now() { return clock_.Milliseconds(); }
  size_t size() const { return active_.size(); }
  bool IsOnly(const Call* call) const { return active_.size() == 1 && &active_.front()->call() == call; }
  // How long it is worth looking for more work, after some was done, before sleeping.
  double PatienceMs();
  const std::optional<std::string>& failure() const { return failure_; }
  std::vector<Outcome> TakeOutcomes();

 private:
  struct Submission {
    std::unique_ptr<Call> call;
    double time;
  };
  // Calls of one key follow one another.
  struct Line {
    Slot* slot = nullptr;
    uint64_t next_instance = 1;
    bool busy = false;
    // Whether the peers came soon after this rank the last time.
    bool prompt = true;
    std::deque<Submission> waiting;
  };

  void Start(Line& line, Submission submission);
  void Finish(size_t index);
  std::optional<std::string> FindFault(double now);
  bool SharesCpu();
  void RingPeers();

  std::shared_ptr<Segment> segment_;
  const GroupOptions& options_;
  PlacementLimits limits_;
  AwakeClock clock_;
  Liveness liveness_;
  std::vector<std::unique_ptr<Exchange>> active_;
  std::unordered_map<uint64_t, Line> lines_;
  std::vector<Outcome> outcomes_;
  std::optional<std::string> failure_;
};

}  // namespace kiln::collectives
