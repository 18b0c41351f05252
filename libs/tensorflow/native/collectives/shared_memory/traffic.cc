#include "traffic.h"

#include <sched.h>

#include <utility>

#include "../../errors.h"
#include "../subnormals.h"
#include "doorbell.h"
#include "rendezvous.h"

namespace kiln::collectives {
namespace {

// A chain of wake-ups from one rank's step to the other's takes about this long, so looking for that long loses at most
// as much again, where peers have cores of their own.
constexpr double kPatienceMs = 0.2;
// With the delay of the wake-up by which it is noticed when nobody looks.
constexpr double kPromptMs = 0.25;

int AvailableCores() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

}  // namespace

Traffic::Traffic(std::shared_ptr<Segment> segment, const GroupOptions& options)
    : segment_(std::move(segment)),
      options_(options),
      limits_{options.num_ranks, options.num_ranks <= AvailableCores(), segment_->heap().WindowLimit()},
      liveness_(*segment_, options.rank, options.heartbeat_timeout_ms) {
  for (int rank = 0; rank < options.num_ranks; ++rank) liveness_.Watch(rank, Now());
}

void Traffic::Accept(std::unique_ptr<Call> call) {
  Line& line = lines_[call->key];
  if (line.slot == nullptr) line.slot = segment_->FindSlot(call->key);
  if (line.slot == nullptr && !failure_) {
    Close(NameRank(*segment_, options_.rank) + " calls more than " + std::to_string(kNumSlots) +
          " different collectives, the last is '" + call->label + "'; give calls that repeat the same label");
  }
  if (failure_) {
    outcomes_.push_back({nullptr, std::move(call), *failure_});
  } else if (line.busy) {
    line.waiting.push_back({std::move(call), Now()});
  } else {
    Start(line, {std::move(call), Now()});
  }
}

void Traffic::Start(Line& line, Submission submission) {
  line.busy = true;
  active_.push_back(std::make_unique<Exchange>(segment_, options_.rank, limits_, std::move(submission.call), line.slot,
                                               line.next_instance++, submission.time));
}

// Earlier calls first: their results are needed first, and all ranks then tend to work on the same call.
bool Traffic::Advance(double now) {
  const KeepSubnormals scope;
  if (!failure_ && segment_->header().failure.state.load() != FailureRecord::kNone) Close("");
  for (size_t index = 0; index < active_.size(); ++index) {
    try {
      const Exchange::Step step = active_[index]->Advance(now);
      if (step == Exchange::Step::kWaiting) continue;
      if (step == Exchange::Step::kDone) Finish(index);
      RingPeers();
    } catch (const GroupFault& fault) {
      Close(fault.text);
    } catch (const Failure& failure) {
      Close(NameRank(*segment_, options_.rank) + " failed: " + failure.message);
    }
    return true;
  }
  return false;
}

void Traffic::Finish(size_t index) {
  // It may fail, and is still among the active ones then.
  active_[index]->Deliver();
  std::unique_ptr<Exchange> done = std::move(active_[index]);
  active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(index));
  Line& line = lines_[done->call().key];
  line.busy = false;
  line.prompt = *done->met() - done->started() < kPromptMs;
  if (!line.waiting.empty()) {
    Submission next = std::move(line.waiting.front());
    line.waiting.pop_front();
    Start(line, std::move(next));
  }
  outcomes_.push_back({std::move(done), nullptr, ""});
}

double Traffic::PatienceMs() {
  if (SharesCpu() || active_.empty() || !limits_.core_each) return 0;
  const Exchange& first = *active_.front();
  return first.met() || lines_.at(first.call().key).prompt ? kPatienceMs : 0;
}

// Whoever looks for work on a peer's processor keeps the peer from doing it.
bool Traffic::SharesCpu() {
  const auto cpu = static_cast<uint32_t>(sched_getcpu());
  Member& self = segment_->member(options_.rank);
  if (self.cpu.load() != cpu) self.cpu.store(cpu);
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    const Member& peer = segment_->member(rank);
    if (rank != options_.rank && peer.cpu.load() == cpu && peer.left.load() == 0) return true;
  }
  return false;
}

void Traffic::Check(double now) {
  segment_->member(options_.rank).heartbeat.fetch_add(1);
  if (failure_) return;
  if (auto fault = FindFault(now)) Close(*fault);
}

void Traffic::Abort(const std::string& reason) {
  if (!failure_) Close(NameRank(*segment_, options_.rank) + " aborted: " + reason);
}

std::optional<std::string> Traffic::FindFault(double now) {
  if (auto fault = liveness_.Check(now)) return fault;
  for (const auto& exchange : active_) {
    const std::string name = Name(exchange->call());
    for (int rank = 0; rank < options_.num_ranks; ++rank) {
      if (segment_->member(rank).left.load() != 0 && exchange->Misses(rank)) {
        return NameRank(*segment_, rank) + " left the group before " + name;
      }
    }
    if (now - exchange->started() > options_.op_timeout_ms) {
      return name + " did not end within " + std::to_string(options_.op_timeout_ms) +
             " ms (opTimeoutMs): " + exchange->Culprit();
    }
  }
  return std::nullopt;
}

void Traffic::Close(const std::string& cause) {
  failure_ = RecordFailure(*segment_, cause);
  for (auto& exchange : active_) outcomes_.push_back({std::move(exchange), nullptr, *failure_});
  active_.clear();
  for (auto& [key, line] : lines_) {
    for (Submission& waiting : line.waiting) outcomes_.push_back({nullptr, std::move(waiting.call), *failure_});
    line.waiting.clear();
  }
  RingPeers();
}

void Traffic::Leave() {
  if (!active_.empty()) {
    Close(NameRank(*segment_, options_.rank) + " left the group while " + Name(active_[0]->call()) + " was under way");
  }
  segment_->member(options_.rank).left.store(1);
  RingPeers();
}

std::vector<Outcome> Traffic::TakeOutcomes() { return std::exchange(outcomes_, {}); }

void Traffic::RingPeers() {
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    if (rank != options_.rank) Ring(segment_->member(rank));
  }
}

}  // namespace kiln::collectives
