#include "hierarchy.h"

#include <utility>

namespace kiln::collectives::hosts {
namespace {

// So that of two limits the one of the ring ends first: it knows which host is missing.
constexpr int kLaterMs = 1000;

}  // namespace

Hierarchy::Hierarchy(GroupOptions options, std::shared_ptr<Endpoint> endpoint, OnJoined on_joined)
    : options_(std::move(options)),
      table_(options_.peers),
      routes_{table_, options_.rank, nullptr, nullptr},
      on_joined_(std::move(on_joined)) {
  // What the parts tell meanwhile waits for both of them.
  std::lock_guard<std::mutex> lock(mutex_);
  const std::vector<int>& neighbours = table_.ranks[routes_.host()];
  const auto joined = [this](std::optional<Failure> failure) { Joined(std::move(failure)); };
  num_joining_ = (neighbours.size() > 1 ? 1 : 0) + (routes_.leads() ? 1 : 0);
  if (neighbours.size() > 1) {
    GroupOptions within = PartOf(neighbours, "-host" + std::to_string(routes_.host()));
    within.rank = table_.place_of[options_.rank];
    within.op_timeout_ms += kLaterMs;
    within.peers.clear();
    within_ = std::make_unique<SharedMemoryTransport>(std::move(within), joined);
    routes_.within = within_.get();
  }
  if (routes_.leads()) {
    std::vector<int> leaders;
    for (const auto& host : table_.ranks) leaders.push_back(host.front());
    GroupOptions across = PartOf(leaders, "-leaders");
    across.rank = routes_.host();
    across_ = std::make_unique<RingTransport>(std::move(across), std::move(endpoint), joined);
    routes_.across = across_.get();
  }
}

Hierarchy::~Hierarchy() { Leave(); }

GroupOptions Hierarchy::PartOf(const std::vector<int>& ranks, const std::string& suffix) const {
  GroupOptions part = options_;
  part.name += suffix;
  part.num_ranks = static_cast<int>(ranks.size());
  part.numbers = ranks;
  part.peers.clear();
  for (int rank : ranks) part.peers.push_back(options_.peers[rank]);
  part.on_closed = [this](const std::string& cause) { CloseParts(cause); };
  return part;
}

void Hierarchy::Joined(std::optional<Failure> failure) {
  OnJoined settle;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (failure || --num_joining_ == 0) settle = std::exchange(on_joined_, nullptr);
  }
  if (failure) CloseParts(failure->message);
  if (settle) settle(std::move(failure));
}

void Hierarchy::Submit(std::unique_ptr<Call> call) {
  pending_.fetch_add(1);
  {
    std::lock_guard<std::mutex> lock(mutex_);
    Line& line = lines_[call->key];
    if (line.busy) return line.waiting.push_back(std::move(call));
    line.busy = true;
  }
  Start(std::move(call));
}

void Hierarchy::Start(std::unique_ptr<Call> call) {
  const uint64_t key = call->key;
  const auto settle = [this, key](std::unique_ptr<Call> ended, const std::string* failure) {
    Settle(key, std::move(ended), failure);
  };
  std::make_shared<Journey>(routes_, std::move(call), settle)->Begin();
}

void Hierarchy::Settle(uint64_t key, std::unique_ptr<Call> call, const std::string* failure) {
  std::unique_ptr<Call> next;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    Line& line = lines_[key];
    line.busy = !line.waiting.empty();
    if (line.busy) {
      next = std::move(line.waiting.front());
      line.waiting.pop_front();
    }
  }
  pending_.fetch_sub(1);
  if (failure == nullptr) {
    completed_.fetch_add(1);
    call->Succeed();
  } else {
    call->Fail(TF_ABORTED, *failure);
  }
  if (next) Start(std::move(next));
}

// Both at once: a call that this rank makes right afterwards must not reach the part that would close later.
void Hierarchy::Abort(const std::string& reason) {
  if (within_) within_->Abort(reason);
  if (across_) across_->Abort(reason);
}

// What closes one part closes the other; the second time round there is nothing left to close.
void Hierarchy::CloseParts(const std::string& cause) const {
  std::lock_guard<std::mutex> lock(mutex_);
  if (within_) within_->Close(cause);
  if (across_) across_->Close(cause);
}

void Hierarchy::Leave() {
  if (within_) within_->Leave();
  if (across_) across_->Leave();
}

GroupStatus Hierarchy::Status() const {
  GroupStatus status = across_ ? across_->Status() : within_->Status();
  const std::vector<int> known = std::exchange(status.pids, {});
  status.pids.assign(options_.num_ranks, 0);
  const auto place = [&](const std::vector<int>& ranks, const std::vector<int>& pids) {
    for (size_t i = 0; i < pids.size(); ++i) status.pids[ranks[i]] = pids[i];
  };
  if (within_) {
    const GroupStatus within = within_->Status();
    place(within_->options().numbers, within.pids);
    status.note = within.note;
    status.heap_bytes = within.heap_bytes;
    status.heap_used = within.heap_used;
    if (within.state != GroupStatus::State::kReady) {
      status.state = within.state;
      status.failure = within.failure;
    }
  }
  if (across_) place(across_->options().numbers, known);
  status.pending = pending_.load();
  status.completed = completed_.load();
  return status;
}

}  // namespace kiln::collectives::hosts
