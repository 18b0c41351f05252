#include "transport.h"

#include <immintrin.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include <utility>

#include "doorbell.h"
#include "rendezvous.h"

namespace kiln::collectives {
namespace {

constexpr int kTickMs = 20;
// How often to look again before sleeping, right after something moved: about the time of a wake-up, and only
// where the peer has a core of its own to get on with.
constexpr int kLooksWithCoreEach = 400;
constexpr int kLooksOnSharedCores = 4;

int AvailableCores() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

}  // namespace

SharedMemoryTransport::SharedMemoryTransport(GroupOptions options, OnJoined on_joined)
    : options_(std::move(options)), on_joined_(std::move(on_joined)) {
  thread_ = std::thread([this] { Run(); });
}

SharedMemoryTransport::~SharedMemoryTransport() { Leave(); }

void SharedMemoryTransport::Run() {
  // Signals belong to JavaScript's thread.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  pthread_setname_np(pthread_self(), "kiln-collective");
  try {
    auto segment = FormGroup(options_, stop_);
    std::lock_guard<std::mutex> lock(mutex_);
    segment_ = std::move(segment);
    state_ = GroupStatus::State::kReady;
  } catch (const Failure& failure) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      state_ = GroupStatus::State::kFailed;
      failure_ = failure.message;
    }
    on_joined_(failure);
    return;
  }
  limits_ = {options_.num_ranks, options_.num_ranks <= AvailableCores(), segment_->heap().WindowLimit()};
  on_joined_(std::nullopt);
  Serve();
}

void SharedMemoryTransport::Serve() {
  AwakeClock clock;
  liveness_ = std::make_unique<Liveness>(*segment_, options_.rank, options_.heartbeat_timeout_ms);
  for (int rank = 0; rank < options_.num_ranks; ++rank) liveness_->Watch(rank, clock.Milliseconds());
  Member& self = segment_->member(options_.rank);
  const int max_looks = limits_.core_each ? kLooksWithCoreEach : kLooksOnSharedCores;
  double checked = 0;
  int looks = 0;
  while (!stop_.load()) {
    const uint32_t seen = self.doorbell.load();
    const double now = clock.Milliseconds();
    if (now - checked >= kTickMs || has_news_.load()) {
      self.heartbeat.fetch_add(1);
      TakeSubmissions(now);
      CheckGroup(now);
      checked = now;
    }
    if (AdvanceOne()) {
      looks = 0;
      RingPeers();
    } else if (!active_.empty() && ++looks < max_looks) {
      _mm_pause();
    } else {
      looks = max_looks;
      Wait(self, seen, kTickMs);
    }
  }
  TakeSubmissions(clock.Milliseconds());
  if (!active_.empty()) {
    Close(NameRank(*segment_, options_.rank) + " left the group while " + Name(active_[0]->call()) + " was under way");
  }
  self.left.store(1);
  RingPeers();
}

void SharedMemoryTransport::Submit(std::unique_ptr<Call> call) {
  std::optional<std::string> refusal;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (failure_) {
      refusal = failure_;
    } else if (state_ != GroupStatus::State::kReady || stop_.load()) {
      refusal = state_ == GroupStatus::State::kJoining ? "the group is still forming" : "this process has left the group";
    } else {
      submitted_.push_back(std::move(call));
      pending_.fetch_add(1);
      has_news_.store(true);
    }
  }
  if (refusal) return Refuse(*call, *refusal);
  RingSelf();
}

void SharedMemoryTransport::TakeSubmissions(double now) {
  std::vector<std::unique_ptr<Call>> calls;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    has_news_.store(false);
    calls.swap(submitted_);
  }
  for (auto& call : calls) {
    Line& line = lines_[call->key];
    if (line.slot == nullptr) line.slot = segment_->FindSlot(call->key);
    if (line.slot == nullptr && !closed_) {
      Close(NameRank(*segment_, options_.rank) + " calls more than " + std::to_string(kNumSlots) +
            " different collectives, the last is '" + call->label + "'; give calls that repeat the same label");
    }
    if (closed_) {
      pending_.fetch_sub(1);
      Refuse(*call, *failure_);
    } else if (line.busy) {
      line.waiting.push_back({std::move(call), now});
    } else {
      Start(line, {std::move(call), now});
    }
  }
}

void SharedMemoryTransport::Start(Line& line, Submission submission) {
  line.busy = true;
  active_.push_back(std::make_unique<Exchange>(segment_, options_.rank, limits_, std::move(submission.call), line.slot,
                                               line.next_instance++, submission.time));
}

// Earlier calls first: their results are needed first, and all ranks then tend to work on the same call.
bool SharedMemoryTransport::AdvanceOne() {
  for (size_t index = 0; index < active_.size(); ++index) {
    try {
      Exchange::Step step = active_[index]->Advance();
      if (step == Exchange::Step::kDone) Finish(index);
      if (step != Exchange::Step::kWaiting) return true;
    } catch (const GroupFault& fault) {
      Close(fault.text);
      return true;
    } catch (const Failure& failure) {
      Close(NameRank(*segment_, options_.rank) + " failed: " + failure.message);
      return true;
    }
  }
  return false;
}

void SharedMemoryTransport::Finish(size_t index) {
  std::unique_ptr<Exchange> done = std::move(active_[index]);
  active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(index));
  Line& line = lines_[done->call().key];
  line.busy = false;
  if (!line.waiting.empty()) {
    Submission next = std::move(line.waiting.front());
    line.waiting.pop_front();
    Start(line, std::move(next));
  }
  pending_.fetch_sub(1);
  completed_.fetch_add(1);
  try {
    done->Succeed();
  } catch (const Failure& failure) {
    done->Fail(failure.code, failure.message);
    throw;
  }
}

void SharedMemoryTransport::CheckGroup(double now) {
  if (closed_) return;
  if (segment_->header().failure.state.load() != FailureRecord::kNone) return Close("");
  if (auto fault = FindFault(now)) Close(*fault);
}

std::optional<std::string> SharedMemoryTransport::FindFault(double now) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (abort_reason_) return NameRank(*segment_, options_.rank) + " aborted: " + *abort_reason_;
  }
  if (auto fault = liveness_->Check(now)) return fault;
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

void SharedMemoryTransport::Close(const std::string& cause) {
  closed_ = true;
  const std::string text = RecordFailure(*segment_, cause);
  std::vector<std::unique_ptr<Call>> refused;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = text;
    if (state_ == GroupStatus::State::kReady) state_ = GroupStatus::State::kFailed;
    refused.swap(submitted_);
  }
  std::vector<std::unique_ptr<Exchange>> failed;
  failed.swap(active_);
  for (auto& [key, line] : lines_) {
    for (Submission& waiting : line.waiting) refused.push_back(std::move(waiting.call));
  }
  lines_.clear();
  pending_.fetch_sub(failed.size() + refused.size());
  RingPeers();
  for (auto& exchange : failed) {
    exchange->Fail(TF_ABORTED, Subject(exchange->call(), options_) + " failed: " + text + "; " + JoinNextGeneration());
  }
  for (auto& call : refused) Refuse(*call, text);
}

void SharedMemoryTransport::Refuse(Call& call, const std::string& cause) const {
  call.Fail(TF_ABORTED, Subject(call, options_) + " failed: " + cause + "; " + JoinNextGeneration());
}

void SharedMemoryTransport::Abort(const std::string& reason) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!abort_reason_) abort_reason_ = reason;
    has_news_.store(true);
  }
  RingSelf();
}

void SharedMemoryTransport::Leave() {
  stop_.store(true);
  RingSelf();
  if (thread_.joinable()) thread_.join();
  std::lock_guard<std::mutex> lock(mutex_);
  if (state_ != GroupStatus::State::kFailed) state_ = GroupStatus::State::kLeft;
}

void SharedMemoryTransport::RingPeers() {
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    if (rank != options_.rank) Ring(segment_->member(rank));
  }
}

void SharedMemoryTransport::RingSelf() {
  std::shared_ptr<Segment> segment;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    segment = segment_;
  }
  if (segment) Ring(segment->member(options_.rank));
}

GroupStatus SharedMemoryTransport::Status() const {
  GroupStatus status;
  std::lock_guard<std::mutex> lock(mutex_);
  status.state = state_;
  status.failure = failure_.value_or("");
  status.pending = pending_.load();
  status.completed = completed_.load();
  if (!segment_) return status;
  for (int rank = 0; rank < options_.num_ranks; ++rank) {
    status.pids.push_back(static_cast<int>(segment_->member(rank).pid.load()));
  }
  const std::string& path = segment_->path();
  status.location = path.substr(0, path.rfind('/'));
  status.heap_bytes = segment_->heap().CommittedBytes();
  status.heap_used = segment_->heap().UsedBytes();
  if (status.location != options_.directories.front()) {
    status.note = "the shared segment could not be made in " + options_.directories.front() + " and lies in " +
                  status.location + "; on a disk it is slower";
  } else if (segment_->heap().Exhausted()) {
    status.note = status.location + " is full at " + std::to_string(status.heap_bytes >> 20) +
                  " MiB of shared data: larger calls go through windows, with one more copy";
  }
  return status;
}

}  // namespace kiln::collectives
