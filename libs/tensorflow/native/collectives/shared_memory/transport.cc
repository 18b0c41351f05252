#include "transport.h"

#include <immintrin.h>
#include <pthread.h>
#include <signal.h>

#include <utility>

#include "doorbell.h"
#include "rendezvous.h"

namespace kiln::collectives {
namespace {

constexpr int kTickMs = 20;
// Calls up to this size may move on the thread that makes them, which saves waking the communication thread and
// holds up the caller for about the time that waking takes.
constexpr size_t kShortCallBytes = 1 << 20;

size_t TotalBytes(const Call& call) {
  size_t bytes = 0;
  for (const Piece& piece : call.pieces) bytes += piece.bytes;
  return bytes;
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
    traffic_ = std::make_unique<Traffic>(segment, options_);
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
  on_joined_(std::nullopt);
  Serve();
}

void SharedMemoryTransport::Serve() {
  Member& self = segment_->member(options_.rank);
  double busy_until = 0;
  while (!stop_.load()) {
    const uint32_t seen = self.doorbell.load();
    std::vector<Outcome> outcomes;
    bool moved;
    bool look_again;
    {
      std::lock_guard<std::mutex> lock(traffic_mutex_);
      const double now = traffic_->Now();
      moved = Turn(now);
      if (moved) busy_until = now + traffic_->PatienceMs();
      look_again = now < busy_until && traffic_->size() > 0;
      outcomes = traffic_->TakeOutcomes();
    }
    Settle(std::move(outcomes));
    if (moved) continue;
    if (look_again) {
      _mm_pause();
    } else {
      Wait(self, seen, kTickMs);
    }
  }
  std::vector<Outcome> outcomes;
  {
    std::lock_guard<std::mutex> lock(traffic_mutex_);
    Turn(traffic_->Now());
    traffic_->Leave();
    outcomes = traffic_->TakeOutcomes();
  }
  Settle(std::move(outcomes));
}

void SharedMemoryTransport::Submit(std::unique_ptr<Call> call) {
  const Call* const submitted = call.get();
  const bool is_short = TotalBytes(*call) <= kShortCallBytes;
  std::optional<std::string> refusal;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (failure_) {
      refusal = failure_;
    } else if (state_ == GroupStatus::State::kJoining) {
      refusal = "the group is still forming";
    } else if (stop_.load()) {
      refusal = "this process has left the group";
    } else {
      submitted_.push_back(std::move(call));
      pending_.fetch_add(1);
      has_news_.store(true);
    }
  }
  if (refusal) return Refuse(*call, *refusal);
  if (!is_short || !TryDrive(submitted)) RingSelf();
}

bool SharedMemoryTransport::TryDrive(const Call* call) {
  std::unique_lock<std::mutex> lock(traffic_mutex_, std::try_to_lock);
  if (!lock.owns_lock() || traffic_->size() > 0) return false;
  Member& self = segment_->member(options_.rank);
  self.driven.store(1);
  double busy_until = 0;
  for (;;) {
    const uint32_t seen = self.doorbell.load();
    const double now = traffic_->Now();
    const bool moved = Turn(now);
    if (!traffic_->IsOnly(call)) {
      // It has ended, or other threads' calls have come along, for which this thread must not be held up.
      self.driven.store(0);
      if (traffic_->size() > 0 || has_news_.load()) RingSelf();
      break;
    }
    if (moved) {
      busy_until = now + traffic_->PatienceMs();
    } else if (now < busy_until) {
      _mm_pause();
    } else if (StopDriving(self, seen)) {
      break;
    }
  }
  std::vector<Outcome> outcomes = traffic_->TakeOutcomes();
  lock.unlock();
  Settle(std::move(outcomes));
  return true;
}

bool SharedMemoryTransport::Turn(double now) {
  if (has_news_.load()) TakeNews();
  if (now - checked_ >= kTickMs) {
    traffic_->Check(now);
    checked_ = now;
  }
  const bool moved = traffic_->Advance(now);
  if (traffic_->failure()) {
    bool is_news;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      is_news = state_ != GroupStatus::State::kFailed;
      failure_ = traffic_->failure();
      state_ = GroupStatus::State::kFailed;
    }
    if (is_news && options_.on_closed) options_.on_closed(*traffic_->failure());
  }
  return moved;
}

void SharedMemoryTransport::TakeNews() {
  std::vector<std::unique_ptr<Call>> calls;
  std::optional<std::string> abort_reason;
  std::optional<std::string> close_cause;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    has_news_.store(false);
    calls.swap(submitted_);
    abort_reason = abort_reason_;
    close_cause = close_cause_;
  }
  for (auto& call : calls) traffic_->Accept(std::move(call));
  if (abort_reason) traffic_->Abort(*abort_reason);
  if (close_cause && !traffic_->failure()) traffic_->Close(*close_cause);
}

void SharedMemoryTransport::Settle(std::vector<Outcome> outcomes) {
  for (Outcome& outcome : outcomes) {
    pending_.fetch_sub(1);
    Call& call = outcome.exchange ? outcome.exchange->call() : *outcome.call;
    if (outcome.failure.empty()) {
      completed_.fetch_add(1);
      call.Succeed();
    } else {
      Refuse(call, outcome.failure);
    }
  }
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

void SharedMemoryTransport::Close(const std::string& cause) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!close_cause_) close_cause_ = cause;
    has_news_.store(true);
  }
  RingSelf();
}

void SharedMemoryTransport::Leave() {
  {
    // A call that was let in before is settled by the communication thread's last turn.
    std::lock_guard<std::mutex> lock(mutex_);
    stop_.store(true);
  }
  RingSelf();
  if (thread_.joinable()) thread_.join();
  std::lock_guard<std::mutex> lock(mutex_);
  if (state_ != GroupStatus::State::kFailed) state_ = GroupStatus::State::kLeft;
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
